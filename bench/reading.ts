/** What it costs to attribute bytes to layers: a tape of TLS against one in clear text. */
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';
import { host, serveEcho } from './echo-server.ts';
import { compare, runPairs } from './pairs.ts';
import { readInChild } from './processes.ts';
import type { ReadingCost } from './reading-client.ts';

const clientFile = fileURLToPath(new URL('./reading-client.ts', import.meta.url));

export const reading = {
  name: 'reading',
  usualPairs: 10,
  method: [
    'reading: 30,000 echoes of 64 bytes over ws, a record each where they are sealed (TLS 1.3); ours is the tape over TLS read into a ledger, the peer the tape in clear text; a process for each measurement.',
  ],
  async run(options) {
    await using sealed = await serveEcho('ws', 'https');
    await using clear = await serveEcho('ws');
    const measured =
      (over: 'http' | 'https', { endpoint, authority = '' }: typeof clear) =>
      () =>
        readInChild<ReadingCost>(clientFile, over, host, String(endpoint.port), authority);
    const readings = await runPairs(
      { name: 'reading', ours: measured('https', sealed), peer: measured('http', clear) },
      options,
    );
    return compare(
      readings,
      {
        figure: 'CPU of reading a message and its echo, TLS (clear)',
        read: ({ cpuNsPerMessage }) => cpuNsPerMessage,
        format: (ns) => `${(ns / 1e3).toFixed(2)} µs`,
        aim: { atMost: 4 },
      },
      options.random,
    );
  },
} satisfies Bench;
