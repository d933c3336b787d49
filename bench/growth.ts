/**
 * How wall time, CPU and memory grow with the number of clients: the scenario `idle`, from one client to ten thousand.
 * The peer of each line is the same with a tenth of the clients, so a ratio of ten or less is linear growth or better.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Report } from '../src/metrics/report.ts';
import { bytes as bytesText, count, time } from '../src/report/units.ts';
import type { Bench, Line } from './bench.ts';

interface Grown {
  readonly clients: number;
  readonly wallNs: number;
  /** User and system time of the command and of the processes it has started. */
  readonly cpuNs: number;
  /** Resident memory of the clients' and of the server's process. */
  readonly bytes: number;
}

/** Socket.IO opens three connections a client: ten thousand would need more ports than a machine has. */
const largest: Readonly<Record<string, number>> = {
  ws: 10_000,
  sse: 10_000,
  polling: 10_000,
  'long-polling': 10_000,
  'socket.io': 1000,
};

const roomBytes = 2 * 1024 ** 3;

async function grow(transport: string, clients: number): Promise<Grown> {
  const asked = ['--transport', transport, '--scenario', 'idle', '--clients', String(clients)];
  const command = ['dist/cli.js', 'run', ...asked, '--duration', '1s', '--json', '--quiet'].join(' ');
  // A shell's `time` counts the children of the command as well, which Node cannot.
  const timed = `TIMEFORMAT='%R %U %S'; time "${process.execPath}" ${command}`;
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', timed], {
    cwd: new URL('..', import.meta.url),
    maxBuffer: 64 * 1024 * 1024,
  });
  const [wall = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
  const { resources } = (JSON.parse(stdout) as Report).trials[0] ?? {};
  if (!resources) throw new Error(`${transport}, ${clients} clients: no resources in the report`);
  const bytes = resources.client.rssBytes + resources.server.rssBytes;
  return { clients, wallNs: wall * 1e9, cpuNs: (user + system) * 1e9, bytes };
}

function lineOf(transport: string, now: Grown, tenth: Grown | undefined): Line {
  const ratio = tenth && now.cpuNs / tenth.cpuNs;
  const fits = now.clients < 1000 || now.bytes <= roomBytes;
  return {
    figure: `CPU of ${count(now.clients)} idle ${transport} (${time(now.wallNs)} wall, ${bytesText(now.bytes)})`,
    ours: time(now.cpuNs),
    peer: tenth ? time(tenth.cpuNs) : '',
    ratio: ratio ? ratio.toFixed(2) : '',
    aim: now.clients < 1000 ? 'ratio ≤ 10' : 'and ≤ 2 GiB',
    verdict: fits && (ratio ?? 1) <= 10 ? 'met' : 'not met',
  };
}

/** What the command said before it began: this machine has not enough of something for so many clients. */
interface Refused {
  readonly code?: number;
  readonly stderr: string;
}

function refusedLine(figure: string, { stderr }: Refused): Line {
  const [, reason = ''] = /^rtcompare: ([^:]*)/m.exec(stderr) ?? [];
  return { figure: `${figure} (refused: ${reason})`, ours: '', peer: '', ratio: '', aim: '', verdict: '' };
}

export const growth = {
  name: 'growth',
  usualPairs: 1,
  method: [
    'growth: `rtcompare run --scenario idle --duration 1s`, once each; wall and CPU time of the whole command with its server, resident memory of both processes at the end of the idle time; the peer is the line with a tenth of the clients.',
  ],
  async run({ progress }) {
    const lines: Line[] = [];
    for (const [transport, most] of Object.entries(largest)) {
      let tenth: Grown | undefined;
      for (let clients = 1; clients <= most; clients *= 10) {
        progress(`growth: ${transport}, ${clients} clients`);
        const now = await grow(transport, clients).catch((error: Refused) => error);
        if (!('wallNs' in now)) {
          if (now.code !== 3) throw now;
          lines.push(refusedLine(`CPU of ${count(clients)} idle ${transport}`, now));
          break;
        }
        lines.push(lineOf(transport, now, tenth));
        tenth = now;
      }
    }
    return lines;
  },
} satisfies Bench;
