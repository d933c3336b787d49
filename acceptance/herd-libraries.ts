/**
 * Real libraries lose their server and reconnect: each client returns when its policy in `laws/reconnection.ts`
 * predicts it, within the time that its process takes for as many attempts. The port is closed while the outage
 * lasts.
 */
import { setTimeout as pass } from 'node:timers/promises';
import { EventSource } from 'eventsource';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { randomStream } from '../src/base/schedule.ts';
import {
  growing,
  herdFigures,
  likelyHerd,
  type ReconnectPolicy,
  reconnectPolicies,
  returnAfter,
} from '../src/laws/reconnection.ts';
import { paths } from '../src/protocols/endpoints.ts';
import { serverOf } from '../src/servers/index.ts';
import { patient } from '../src/servers/server.ts';
import { tally } from './command.ts';

const clients = 50;
const outageMs = 5500;
/** How late each attempt may be, with fifty clients in one process. */
const lateMs = 60;

/** Opens a client of this library, which calls `isIn` each time it is connected. */
type Open = (port: number, isIn: () => void) => { close(): void };

interface Library {
  readonly name: string;
  readonly policy: ReconnectPolicy;
  readonly server: 'ws' | 'sse' | 'socket.io';
  readonly open: Open;
}

/** The library draws a random number while it loads, once for all its clients, so it is fixed here. */
async function reconnectingWebSocket(): Promise<Library> {
  const usual = Math.random;
  Math.random = () => 0.25;
  const { default: loaded } = await import('reconnecting-websocket');
  Math.random = usual;
  // Its declarations are for another module system than its code.
  const Reconnecting = loaded as unknown as new (
    url: string,
    protocols: string[],
    options: { WebSocket: typeof WebSocket },
  ) => { addEventListener(event: 'open', listener: () => void): void; close(): void };
  return {
    name: 'reconnecting-websocket',
    policy: growing(1000 + 0.25 * 4000),
    server: 'ws',
    open(port, isIn) {
      const socket = new Reconnecting(`ws://127.0.0.1:${port}${paths.socket}`, [], { WebSocket });
      socket.addEventListener('open', isIn);
      return socket;
    },
  };
}

async function partysocket(): Promise<Library> {
  const { default: Party } = await import('partysocket/ws');
  return {
    name: 'partysocket',
    policy: reconnectPolicies.partysocket,
    server: 'ws',
    open(port, isIn) {
      const socket = new Party(`ws://127.0.0.1:${port}${paths.socket}`, [], { WebSocket });
      socket.addEventListener('open', isIn);
      return socket;
    },
  };
}

const eventSource: Library = {
  name: 'eventsource',
  policy: reconnectPolicies.eventsource,
  server: 'sse',
  open(port, isIn) {
    const source = new EventSource(`http://127.0.0.1:${port}${paths.events}?client=c001`);
    source.addEventListener('open', isIn);
    return source;
  },
};

const socketIo: Library = {
  name: 'socket.io-client',
  policy: reconnectPolicies['socket.io'],
  server: 'socket.io',
  open(port, isIn) {
    const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true });
    socket.on('connect', isIn);
    return socket;
  },
};

const quiet = { joined() {}, message() {}, left() {} };

async function listen({ server }: Library, port: number) {
  const { start } = await serverOf(server);
  return start(quiet, { ...patient, host: '127.0.0.1', port, messageBytes: 64, heartbeatMs: null });
}

/** When each client was back (ms from the end of the outage), and how long the outage was for them. */
async function cutOff(library: Library): Promise<{ afterMs: number[]; lastedMs: number }> {
  const first = await listen(library, 0);
  const { port } = first;
  let healedMs: number | null = null;
  const afterMs: number[] = [];
  let inside = 0;
  const opened = Array.from({ length: clients }, () =>
    library.open(port, () => {
      if (healedMs === null) inside++;
      else afterMs.push(performance.now() - healedMs);
    }),
  );
  while (inside < clients) await pass(20);
  const cutMs = performance.now();
  await first.close();
  await pass(outageMs - (performance.now() - cutMs));
  const second = await listen(library, port);
  healedMs = performance.now();
  while (afterMs.length < clients && performance.now() - healedMs < 12_000) await pass(50);
  for (const one of opened) one.close();
  await second.close();
  return { afterMs, lastedMs: healedMs - cutMs };
}

export async function herdLibraries(): Promise<boolean> {
  const { say, held } = tally();
  for (const library of [await reconnectingWebSocket(), await partysocket(), eventSource, socketIo]) {
    const { name, policy } = library;
    const { afterMs, lastedMs } = await cutOff(library);
    say(afterMs.length === clients, `${name}: ${afterMs.length} of ${clients} are back`);
    if (afterMs.length === 0) continue;
    const { medianMs, most95Ms, peak } = herdFigures(afterMs);
    const law = likelyHerd({ policy, outageMs: lastedMs, clients }, randomStream(1, name));
    const late = lateMs * returnAfter(policy, lastedMs, () => 0.5).attempts;
    for (const [what, measured, { low, median, high }, besides] of [
      ['half are back after', medianMs, law.medianMs, late],
      ['95 in 100 are back after', most95Ms, law.most95Ms, late],
      ['most within 100 ms', peak[100], law.peak100, Math.ceil(law.peak100.median * 0.2)],
    ] as const)
      say(
        measured >= low - besides && measured <= high + besides,
        `${name}, an outage of ${Math.round(lastedMs)} ms: ${what} ${Math.round(measured)}; by its policy ${Math.round(median)}, in 99 of 100 herds ${Math.round(low)} … ${Math.round(high)} (± ${besides} for this machine)`,
      );
  }
  return held();
}
