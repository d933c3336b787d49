/** Runs the servers of docs/wire-formats.md, or changed copies of them, without a process for each. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadLibraries } from '../../src/base/libraries.ts';
import type { Ground } from '../../src/questions/grading/ground.ts';
import { places } from '../../src/questions/grading/kinds.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/wire-formats.md', import.meta.url)), 'utf8');

/** By the name that stands above each: `sse.cjs`, `sse.py`. */
export const examples: Readonly<Record<string, string>> = Object.fromEntries(
  [...page.matchAll(/<!-- (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(([, name, code]) => [name!, code!]),
);

/** Each listens on whatever port is free, and tells which: one found before might be taken by then. */
const runner = `
const { parentPort, workerData } = require('node:worker_threads');
const { Server } = require('node:net');
const { listen } = Server.prototype;
let current = 0;
Server.prototype.listen = function (...args) {
  const index = current;
  this.once('listening', () => parentPort.postMessage([index, this.address().port]));
  return listen.apply(this, args);
};
for (const [index, code] of workerData.entries()) {
  current = index;
  new Function('require', 'process', code)(require, { env: { PORT: '0' }, on() {} });
}
`;

/** Runs servers in one worker thread, each on its own port: an error in one ends them all, but not the test. */
export async function runServers(codes: readonly string[]) {
  const worker = new Worker(runner, { eval: true, workerData: codes, stderr: true });
  const ports: number[] = [];
  await new Promise<void>((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', ([index, port]: [number, number]) => {
      ports[index] = port;
      if (Object.keys(ports).length === codes.length) resolve();
    });
  });
  return {
    ports,
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

const library = await loadLibraries(['ws', 'socket.io-client', 'eventsource-parser']);

/** Where a sentence is checked, without a relay. */
export function groundAt(port: number, patienceMs: number): Ground & Disposable {
  const closes: (() => void)[] = [];
  return {
    host: '127.0.0.1',
    port,
    socketPath: places.socket,
    patienceMs,
    library,
    atEnd: (close) => closes.push(close),
    [Symbol.dispose]() {
      for (const close of closes) close();
    },
  };
}
