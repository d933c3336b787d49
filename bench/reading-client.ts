/**
 * A process that requests echoes, and then reads its own tape into a ledger; prints what the reading took, as JSON:
 * `reading-client.ts OVER HOST PORT [AUTHORITY]`. Each measurement has a process of its own; `echo-client.ts` says why.
 */
import { cpuUsage } from 'node:process';
import type { Chunk } from '../src/tap/tape.ts';
import { built } from './built.ts';
import { tapped } from './echo-variants.ts';

export interface ReadingCost {
  /** User and system time per message, its echo included. */
  readonly cpuNsPerMessage: number;
}

const messages = 30_000;
const message = 'm'.repeat(64);

const [over, host, port, authority = ''] = process.argv.slice(2) as [
  'http' | 'https',
  string,
  string,
  string?,
];
const { createKeyLog } =
  await built<typeof import('../src/protocols/tls/key-log.ts')>('protocols/tls/key-log');
const { conversationsOver } = await built<typeof import('../src/protocols/detect.ts')>('protocols/detect');
const { createLedger } = await built<typeof import('../src/ledger/ledger.ts')>('ledger/ledger');

const keyLog = createKeyLog();
const chunks: Chunk[] = [];
const keep = (chunk: Chunk) => void chunks.push({ ...chunk, bytes: chunk.bytes.slice() });
const open = tapped('ws', over, { onChunk: keep, keyLog });
await new Promise<void>((resolve, reject) => {
  let left = messages;
  const line = open({ host, port: Number(port), authority }, () => {
    if (left-- > 0) void line.then(({ send }) => send(message));
    else line.then(({ close }) => close()).then(resolve, reject);
  });
  line.then(({ send }) => send(message), reject);
});

const before = cpuUsage();
const ledger = createLedger(conversationsOver(over, 'http', message.length, keyLog));
for (const chunk of chunks) ledger.weigh(chunk);
ledger.close();
const { user, system } = cpuUsage(before);
if (ledger.layers().some(({ layer }) => layer === 'unparsed')) throw new Error('some of it was not read');
const cost: ReadingCost = { cpuNsPerMessage: ((user + system) * 1e3) / messages };
process.stdout.write(JSON.stringify(cost));
