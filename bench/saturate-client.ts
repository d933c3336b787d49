/**
 * A process that sends as fast as answers come, once, and prints the messages per second as JSON:
 * `saturate-client.ts VARIANT HOST PORT`. Each measurement has a process of its own; `echo-client.ts` says why.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpuUsage } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'undici';
import { WebSocket } from 'ws';
import { contentTypes, encodeMessage, eventName, paths } from '../src/protocols/contract.ts';
import { openSocketIo } from './bare-socket-io.ts';
import type { Address } from './echo-variants.ts';
import { ourTrial } from './our-trial.ts';

export interface SaturateReading {
  readonly perSecond: number;
  /**
   * User and system time of this process per message, which `perSecond` hides when the server is the slower one; null
   * if another program sends the messages.
   */
  readonly cpuNsPerMessage: number | null;
}

type Saturate = (address: Address) => Promise<SaturateReading>;

const clients = 10;
/** In less time the compiler would be measured, and our client has more code to compile. */
const durationMs = 4000;
/** The warm-up of the scenario. */
const warmupMs = durationMs / 10;
const messageBytes = 64;
const message = encodeMessage({ client: 1, sequence: 0 }, messageBytes, false) as string;

const ours =
  (transport: 'ws' | 'http' | 'socket.io'): Saturate =>
  async (address) => {
    const asked = { transport, scenario: 'saturate', clients, durationMs, messageBytes } as const;
    const { throughput, resources, delivery } = await ourTrial(asked, address);
    const cpuMs = resources.client?.cpuMs ?? 0;
    return { perSecond: throughput ?? 0, cpuNsPerMessage: (cpuMs * 1e6) / delivery.delivered };
  };

/** Counts answers between the end of the warm-up and the end of the time. */
function stopwatch() {
  const began = performance.now() + warmupMs;
  const end = began + durationMs;
  let count = 0;
  let cpuBefore = cpuUsage();
  let cpu = { user: 0, system: 0 };
  return {
    /** Whether to go on. */
    answered(): boolean {
      const now = performance.now();
      if (now < began) return true;
      if (count === 0) cpuBefore = cpuUsage();
      if (now < end) return ++count > 0;
      if (cpu.user === 0) cpu = cpuUsage(cpuBefore);
      return false;
    },
    reading: (): SaturateReading => ({
      perSecond: (count * 1000) / durationMs,
      cpuNsPerMessage: ((cpu.user + cpu.system) * 1e3) / count,
    }),
  };
}

/** The least a program can do: each socket sends its next message when the last one has come back. */
const bareLoop: Saturate = async ({ host, port }) => {
  const sockets = Array.from(
    { length: clients },
    () => new WebSocket(`ws://${host}:${port}${paths.socket}`, { perMessageDeflate: false }),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  const watch = stopwatch();
  await Promise.all(
    sockets.map((socket) => {
      socket.on('message', () => (watch.answered() ? socket.send(message) : socket.close(1000)));
      socket.send(message);
      return once(socket, 'close');
    }),
  );
  return watch.reading();
};

/** The same with Socket.IO's own client, which polls first and then upgrades, as ours does. */
const bareSocketIo: Saturate = async (address) => {
  const sockets = await Promise.all(Array.from({ length: clients }, () => openSocketIo(address)));
  const watch = stopwatch();
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          socket.on(eventName, () => (watch.answered() ? socket.emit(eventName, message) : resolve()));
          socket.emit(eventName, message);
        }),
    ),
  );
  for (const socket of sockets) socket.disconnect();
  return watch.reading();
};

/** A keep-alive connection for each client, and the next POST when the body of the last answer has been read. */
const bareUndici: Saturate = async ({ host, port }) => {
  const watch = stopwatch();
  const headers = { 'content-type': contentTypes.text };
  await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client(`http://${host}:${port}`);
      do {
        const { body } = await client.request({ method: 'POST', path: paths.echo, headers, body: message });
        await body.text();
      } while (watch.answered());
      await client.close();
    }),
  );
  return watch.reading();
};

const cannon: Saturate = async ({ host, port }) => {
  const { default: autocannon } = await import('autocannon');
  const running = autocannon({
    url: `http://${host}:${port}${paths.echo}`,
    method: 'POST',
    headers: { 'content-type': contentTypes.text },
    body: message,
    connections: clients,
    duration: 60,
    sampleInt: 100,
  });
  const watch = stopwatch();
  running.on('response', () => {
    if (!watch.answered()) running.stop();
  });
  const { errors, non2xx } = await running;
  if (errors + non2xx > 0) throw new Error(`autocannon: ${errors} errors, ${non2xx} refusals`);
  return watch.reading();
};

const wrkScript = fileURLToPath(new URL('./wrk.lua', import.meta.url));

interface WrkSummary {
  readonly requests: number;
  readonly seconds: number;
  readonly failed: number;
}

/** wrk has nothing to compile, and so no warm-up; it counts in whole seconds. */
const wrk: Saturate = async ({ host, port }) => {
  const seconds = Math.ceil(durationMs / 1000);
  const { stdout } = await promisify(execFile)('wrk', [
    ...['-t', '1', '-c', String(clients), '-d', `${seconds}s`, '-s', wrkScript],
    ...[`http://${host}:${port}${paths.echo}`, '--', contentTypes.text, message],
  ]);
  const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as WrkSummary;
  if (summary.failed > 0) throw new Error(`wrk: ${summary.failed} failed`);
  return { perSecond: summary.requests / summary.seconds, cpuNsPerMessage: null };
};

const variants = {
  ws: ours('ws'),
  'bare-ws': bareLoop,
  'socket.io': ours('socket.io'),
  'bare-socket.io': bareSocketIo,
  http: ours('http'),
  'bare-undici': bareUndici,
  autocannon: cannon,
  wrk,
} satisfies Record<string, Saturate>;
export type Variant = keyof typeof variants;

const [variant, host, port] = process.argv.slice(2) as [Variant, string, string];
const reading: SaturateReading = await variants[variant]({ host, port: Number(port), authority: '' });
process.stdout.write(JSON.stringify(reading));
