/** What an idle connection keeps in the client's memory: that decides how many of them one machine can hold. */
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';
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
    'idle memory: ours is a trial of the scenario `idle` over ws with all that it keeps of a client, the peer a bare `new WebSocket`; the slope of heap and external memory after garbage collection at 500, 1000, 1500 and 2000 connections, the same server process, a client process for each measurement.',
  ],
  async run(options) {
    await using serving = await serveEcho('ws');
    const measured = (variant: Variant) => () =>
      readInChild<IdleReading>(clientFile, variant, host, String(serving.port));
    const contest = { name: 'idle-memory', ours: measured('trial'), peer: measured('bare') };
    const readings = await runPairs(contest, options);
    const comparison = {
      figure: 'client memory per idle ws connection',
      read: ({ bytesPerConnection }: IdleReading) => bytesPerConnection,
      format: kilobytes,
      aim: { atMost: 1.5 },
    };
    return compare(readings, comparison, options.random);
  },
} satisfies Bench;
