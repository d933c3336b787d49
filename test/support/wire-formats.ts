/** The servers that stand in docs/wire-formats.md, and running them, or what was made of them, without a process each. */
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Ground } from '../../src/grading/ground.ts';
import { places } from '../../src/grading/kinds.ts';
import { loadLibraries } from '../../src/libraries.ts';

const page = readFileSync(fileURLToPath(new URL('../../docs/wire-formats.md', import.meta.url)), 'utf8');

/** By the name that stands above each: `sse.cjs`, `sse.py`. */
export const examples: Readonly<Record<string, string>> = Object.fromEntries(
  [...page.matchAll(/<!-- (\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(([, name, code]) => [name!, code!]),
);

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const isThere = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

const runner = `
const { workerData } = require('node:worker_threads');
for (const [port, code] of workerData)
  new Function('require', 'process', code)(require, { env: { PORT: String(port) }, on() {} });
`;

/** Runs servers in one thread, each on a port of its own: what ends one ends them all, and nobody else. */
export async function runServers(codes: readonly string[]) {
  const ports: number[] = [];
  for (const _ of codes) ports.push(await freePort());
  const worker = new Worker(runner, {
    eval: true,
    workerData: codes.map((code, index) => [ports[index], code]),
    stderr: true,
  });
  let error: Error | undefined;
  worker.on('error', (thrown) => {
    error = thrown as Error;
  });
  for (const port of ports)
    while (!error && !(await isThere(port))) await new Promise((go) => setTimeout(go, 10));
  if (error) throw error;
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
    ...{ host: '127.0.0.1', port, socketPath: places.socket, patienceMs, library },
    atEnd: (close) => closes.push(close),
    [Symbol.dispose]() {
      for (const close of closes) close();
    },
  };
}
