/**
 * How wall time, CPU and memory grow with the number of clients: the scenario `idle`, from one client to ten
 * thousand. The peer of each line is the same run with fewer clients, mostly a tenth: a ratio no greater than that of
 * the clients is linear growth or better.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Report } from '../src/document/report.ts';
import { bytes as bytesText, count, time } from '../src/report/blocks/quantities.ts';
import type { Bench, Line } from './bench.ts';

interface Grown {
  readonly clients: number;
  readonly wallNs: number;
  /** User and system time of the command and of the processes it has started. */
  readonly cpuNs: number;
  /** Resident memory of the clients' and of the server's process. */
  readonly bytes: number;
}

const transports = ['ws', 'sse', 'polling', 'long-polling', 'socket.io'];
const steps = [1, 10, 100, 1000, 10_000];

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
  if (!resources?.client || !resources.server)
    throw new Error(`${transport}, ${clients} clients: no resources in the report`);
  const bytes = resources.client.rssBytes + resources.server.rssBytes;
  return { clients, wallNs: wall * 1e9, cpuNs: (user + system) * 1e9, bytes };
}

/** @param fewer the figures with fewer clients: a tenth of them, if the machine allowed so many. */
function lineOf(transport: string, now: Grown, fewer: Grown | undefined): Line {
  const ratio = fewer && now.cpuNs / fewer.cpuNs;
  const times = fewer ? now.clients / fewer.clients : 1;
  const fits = now.clients < 1000 || now.bytes <= roomBytes;
  const aims = [
    ...(fewer ? [`ratio ≤ ${times.toFixed(times % 1 ? 2 : 0)}`] : []),
    ...(now.clients < 1000 ? [] : ['≤ 2 GiB']),
  ];
  return {
    figure: `CPU of ${count(now.clients)} idle ${transport} (${time(now.wallNs)} wall, ${bytesText(now.bytes)})`,
    ours: time(now.cpuNs),
    peer: fewer ? time(fewer.cpuNs) : '',
    ratio: ratio ? ratio.toFixed(2) : '',
    aim: aims.join(', '),
    verdict: aims.length === 0 ? '' : fits && (ratio ?? 0) <= times ? 'met' : 'not met',
  };
}

/** The command's error if this machine lacks something for so many clients. */
interface Refused {
  readonly code?: number;
  readonly stderr: string;
}

function refusedLine(figure: string, { stderr }: Refused): Line {
  const [, reason = ''] = /^rtcompare: ([^:]*)/m.exec(stderr) ?? [];
  return { figure: `${figure} (refused: ${reason})`, ours: '', peer: '', ratio: '', aim: '', verdict: '' };
}

/** How many clients the machine has room for, as the error says. */
const roomFor = ({ stderr }: Refused): number => Number(/--clients (\d+)/.exec(stderr)?.[1] ?? 0);

/** What so many clients cost, or the command's error if there was no room for them. */
async function grownOrRefused(transport: string, clients: number): Promise<Grown | Refused> {
  try {
    return await grow(transport, clients);
  } catch (error) {
    if ((error as Refused).code === 3) return error as Refused;
    throw error;
  }
}

export const growth = {
  name: 'growth',
  usualPairs: 1,
  method: [
    'growth: `rtcompare run --scenario idle --duration 1s`, once each; wall and CPU time of the whole command with its server, resident memory of both processes at the end of the idle time; the peer is the line before, with a tenth of the clients; where the machine has no room for so many, as many as it has.',
  ],
  async run({ progress }) {
    const lines: Line[] = [];
    for (const transport of transports) {
      let fewer: Grown | undefined;
      for (const asked of steps) {
        progress(`growth: ${transport}, ${asked} clients`);
        const now = await grownOrRefused(transport, asked);
        if ('stderr' in now) {
          lines.push(refusedLine(`CPU of ${count(asked)} idle ${transport}`, now));
          const room = roomFor(now);
          progress(`growth: ${transport}, ${room} clients, as many as there is room for`);
          const most = room > (fewer?.clients ?? 0) ? await grownOrRefused(transport, room) : now;
          if (!('stderr' in most)) lines.push(lineOf(transport, most, fewer));
          break;
        }
        lines.push(lineOf(transport, now, fewer));
        fewer = now;
      }
    }
    return lines;
  },
} satisfies Bench;
