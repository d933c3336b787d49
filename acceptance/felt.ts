/**
 * Whether the delay that `inspect` prints explains what its peers feel. A plain client of `ws` requests echoes
 * straight and through `inspect`, by turns, each time in a process of its own: half of what that adds is what either
 * side feels.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { median } from 'simple-statistics';
import { inspectionSchema } from '../src/document/inspection.ts';
import { freePort, rtcompare, tally } from './command.ts';

const pairs = 10;
/** Limits for the printed delay as a share of the felt one. */
const explains = { atLeast: 0.8, atMost: 1.25 };
const loads = [
  { name: 'every two milliseconds', messages: 500, pauseMs: 2 },
  { name: 'every twenty milliseconds', messages: 60, pauseMs: 20 },
] as const;

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const peer = file('./felt/peer.mjs');

async function served(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [file('./servers/plain-ws.mjs')], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

const feltNs = (output: string): number => Number(/^felt ([\d.]+)$/m.exec(output)?.[1]);

async function straightNs(url: string, words: readonly string[]): Promise<number> {
  const env = { ...process.env, RTCOMPARE_URL: url };
  return feltNs((await promisify(execFile)(process.execPath, [peer, ...words], { env })).stderr);
}

/** What the peer feels through the relay, and what the relay says it adds in each direction. */
async function throughNs(url: string, words: readonly string[]) {
  const { stdout, stderr } = await rtcompare(
    'inspect',
    url,
    '--json',
    '--',
    process.execPath,
    peer,
    ...words,
  );
  const { delay } = inspectionSchema.parse(JSON.parse(stdout));
  const { p50Ns = null, hop = null } = delay ?? {};
  const ownNs = p50Ns ?? Number.NaN;
  return { feltNs: feltNs(stderr), ownNs, saidNs: ownNs + (hop?.kernelNs ?? Number.NaN) };
}

const us = (ns: number) => `${(ns / 1000).toFixed(1)} µs`;

export async function felt(): Promise<boolean> {
  const { say, held } = tally();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await served(port);
  try {
    for (const { name, messages, pauseMs } of loads) {
      const words = [String(messages), String(pauseMs)];
      const shares: number[] = [];
      for (let pair = 0; pair < pairs; pair++) {
        const straight = await straightNs(url, words);
        const through = await throughNs(url, words);
        const addedNs = (through.feltNs - straight) / 2;
        // A delay that was not printed explains nothing.
        shares.push(Number.isNaN(through.saidNs) ? 0 : through.saidNs / addedNs);
        console.log(
          `${name}: felt ${us(addedNs)} each way, said ${us(through.saidNs)}, of it ${us(through.ownNs)} its own`,
        );
      }
      const share = median(shares);
      const isRight = share >= explains.atLeast && share <= explains.atMost;
      const [least, most] = [Math.min(...shares), Math.max(...shares)];
      say(
        isRight,
        `${name}: says ${share.toFixed(2)} of what is felt (${least.toFixed(2)} to ${most.toFixed(2)})`,
      );
    }
  } finally {
    server.kill();
  }
  return held();
}
