/**
 * What the tap costs: our ws client as a trial uses it, without the lab, against a bare `ws` loop. Both talk to
 * one and the same server process; each measurement is a client process of its own (`echo-client.ts` says why).
 */
import { fileURLToPath } from 'node:url';
import { count } from '../src/report/blocks/quantities.ts';
import type { Bench } from './bench.ts';
import type { EchoReading } from './echo-client.ts';
import { host, serveEcho } from './echo-server.ts';
import type { Variant } from './echo-variants.ts';
import { type Comparison, compare, runPairs } from './pairs.ts';
import { cores, readInChild } from './processes.ts';

const clientFile = fileURLToPath(new URL('./echo-client.ts', import.meta.url));

const measure = (variant: Variant, port: number): Promise<EchoReading> =>
  readInChild(clientFile, variant, host, String(port));

const microseconds = (nanoseconds: number): string => `${(nanoseconds / 1e3).toFixed(2)} µs`;

const comparisons: Comparison<EchoReading>[] = [
  { figure: 'ws p50, 1 in flight', read: ({ p50Ns }) => p50Ns, format: microseconds, aim: { atMost: 1.05 } },
  {
    figure: 'ws messages/s, 64 in flight',
    read: ({ perSecond }) => perSecond,
    format: count,
    aim: { atLeast: 0.95 },
  },
  {
    figure: 'ws CPU per message, 64 in flight',
    read: ({ cpuNsPerMessage }) => cpuNsPerMessage,
    format: microseconds,
    aim: null,
  },
];

export const wsEcho = {
  name: 'ws-echo',
  usualPairs: 20,
  method: [
    'ws: ours is transports/ws.ts over a tapped socket, the peer a bare ws loop; 64 bytes of text, one client, loopback, the same server process, a client process for each measurement.',
    `ws: ${cores.sentence}.`,
  ],
  async run(options) {
    await using serving = await serveEcho('ws');
    const measured = (variant: Variant) => () => measure(variant, serving.endpoint.port);
    // The server compiles its own code first, or the first pairs would be about that.
    await measure('bare', serving.endpoint.port);
    const readings = await runPairs(
      { name: 'ws-echo', ours: measured('tapped'), peer: measured('bare') },
      options,
    );
    return comparisons.flatMap((comparison) => compare(readings, comparison, options.random));
  },
} satisfies Bench;
