/**
 * What the lab costs when all clients send as fast as answers come: a whole trial of the `saturate` scenario against
 * the least that a program could do instead. Here lab, book and tape count, not only the tap as in `ws-echo`.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { count } from '../src/report/blocks/quantities.ts';
import type { Bench, BenchOptions, Line } from './bench.ts';
import { host, serveEcho } from './echo-server.ts';
import { type Comparison, compare, runPairs } from './pairs.ts';
import { cores, readInChild } from './processes.ts';
import type { SaturateReading, Variant } from './saturate-client.ts';
import type { Aim } from './statistics.ts';

const clientFile = fileURLToPath(new URL('./saturate-client.ts', import.meta.url));

interface Race {
  readonly server: 'ws' | 'http' | 'socket.io';
  readonly ours: Variant;
  readonly peer: Variant;
  /** Null: shown for comparison, without an aim. */
  readonly aim: Aim | null;
}

const races: readonly Race[] = [
  { server: 'ws', ours: 'ws', peer: 'bare-ws', aim: { atLeast: 0.92 } },
  { server: 'socket.io', ours: 'socket.io', peer: 'bare-socket.io', aim: { atLeast: 0.9 } },
  { server: 'http', ours: 'http', peer: 'bare-undici', aim: { atLeast: 0.9 } },
  { server: 'http', ours: 'http', peer: 'autocannon', aim: { atLeast: 0.8 } },
  { server: 'http', ours: 'http', peer: 'wrk', aim: null },
];

/** wrk (github.com/wg/wrk) is a program in C, not in npm: compared with if it is installed. */
const hasWrk = spawnSync('wrk', ['--version']).error === undefined;

const microseconds = (nanoseconds: number): string => `${(nanoseconds / 1e3).toFixed(2)} µs`;

const comparisons = ({ server, peer, aim }: Race): Comparison<SaturateReading>[] => [
  {
    figure: `${server} saturate, messages/s (${peer})`,
    read: ({ perSecond }) => perSecond,
    format: count,
    aim,
  },
  ...(peer === 'wrk'
    ? []
    : [
        {
          figure: `${server} saturate, CPU per message (${peer})`,
          read: ({ cpuNsPerMessage }: SaturateReading) => cpuNsPerMessage ?? Number.NaN,
          format: microseconds,
          aim: null,
        },
      ]),
];

async function run(race: Race, options: BenchOptions): Promise<Line[]> {
  await using serving = await serveEcho(race.server);
  const measured = (variant: Variant) => () =>
    readInChild<SaturateReading>(clientFile, variant, host, String(serving.endpoint.port));
  const [ours, peer] = [measured(race.ours), measured(race.peer)];
  // A first run lets the server compile its code; otherwise the first pairs would measure that.
  await peer();
  const readings = await runPairs({ name: `saturate ${race.server}, ${race.peer}`, ours, peer }, options);
  return comparisons(race).flatMap((comparison) => compare(readings, comparison, options.random));
}

export const saturate = {
  name: 'saturate',
  usualPairs: 10,
  method: [
    'saturate: ours is a trial of the scenario, the peer the least that the same client library can do (a bare loop of ws, socket.io-client or undici), and for http also autocannon, and wrk where it is installed; 10 clients with one message of 64 bytes in flight each, 4 s after 0.4 s of warm-up, loopback, the same server process, a client process for each measurement.',
    `saturate: ${cores.sentence}.`,
  ],
  async run(options) {
    const lines: Line[] = [];
    for (const race of races) {
      if (race.peer === 'wrk' && !hasWrk) options.progress('saturate: wrk is not installed, and left out');
      else lines.push(...(await run(race, options)));
    }
    return lines;
  },
} satisfies Bench;
