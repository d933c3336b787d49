/** How much of the client's memory an idle connection takes: this limits how many of them one machine can hold. */
import { fileURLToPath } from 'node:url';
import type { Bench, Line } from './bench.ts';
import { host, serveEcho } from './echo-server.ts';
import type { IdleReading, Variant } from './idle-client.ts';
import { compare, runPairs } from './pairs.ts';
import { readInChild } from './processes.ts';

const clientFile = fileURLToPath(new URL('./idle-client.ts', import.meta.url));

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(2)} kB`;

export const idleMemory = {
  name: 'idle-memory',
  usualPairs: 5,
  method: [
    'idle memory: ours is a trial of the scenario `idle` with all that it keeps of a client, the peer a bare `new WebSocket` or `io()` of socket.io-client; the slope of heap and external memory after garbage collection at 500, 1000, 1500 and 2000 connections, the same server process, a client process for each measurement.',
  ],
  async run(options) {
    const lines: Line[] = [];
    for (const transport of ['ws', 'socket.io'] as const) {
      await using serving = await serveEcho(transport);
      const measured = (variant: Variant) => () =>
        readInChild<IdleReading>(clientFile, variant, host, String(serving.endpoint.port));
      const [ours, peer] = [measured(transport), measured(`bare-${transport}`)];
      const readings = await runPairs({ name: `idle-memory ${transport}`, ours, peer }, options);
      const comparison = {
        figure: `client memory per idle ${transport} client`,
        read: ({ bytesPerConnection }: IdleReading) => bytesPerConnection,
        format: kilobytes,
        aim: { atMost: 1.2 },
      };
      lines.push(...compare(readings, comparison, options.random));
    }
    return lines;
  },
} satisfies Bench;
