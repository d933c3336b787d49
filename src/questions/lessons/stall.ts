/**
 * A server that stops for a moment, asked by two clients at once. One sends each message when it is due, whether or not
 * the one before was answered (open loop); the other waits for each answer first (closed loop), and so sends nothing
 * while there is most to see. In this process: the stall that is timed lasts hundreds of milliseconds.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { realClock, sleepUntil } from '../../base/clock.ts';
import { watchResources } from '../../base/resources.ts';
import type { Stall } from '../../laws/stall.ts';
import { host, serveWs } from '../probes/serving.ts';

export interface StallSetting {
  readonly rate: number;
  readonly windowMs: number;
  readonly stallMs: number;
  readonly signal: AbortSignal;
}

/** Latencies in ns, ascending, and the stall as it really was. */
export interface Seen extends Stall {
  readonly open: readonly number[];
  readonly closed: readonly number[];
  /**
   * Noisy: at least once this process, which runs server and clients, kept its timers waiting for longer than a period.
   * Such a moment after the stall delays every answer that was held.
   */
  readonly verdict: 'valid' | 'noisy';
}

/** A server that echoes, and keeps its answers back while it is stalled. */
async function startServer() {
  let held: (() => void)[] | null = null;
  const server = await serveWs((sockets) => {
    sockets.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        const answer = () => socket.send(data.toString());
        if (held) held.push(answer);
        else answer();
      }),
    );
  });
  return {
    server,
    stall() {
      held = [];
    },
    goOn() {
      for (const answer of held ?? []) answer();
      held = null;
    },
  };
}

async function open(port: number, signal: AbortSignal): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${host}:${port}/`, { perMessageDeflate: false });
  socket.on('error', () => {});
  await once(socket, 'open', { signal });
  return socket;
}

/** Messages carry the time at which they were due. */
async function openLoop(socket: WebSocket, due: readonly number[], signal: AbortSignal): Promise<number[]> {
  const latencies: number[] = [];
  const all = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      latencies.push(realClock.now() - Number(data.toString()));
      if (latencies.length === due.length) resolve();
    });
  });
  for (const at of due) {
    await sleepUntil(realClock, at, signal);
    socket.send(String(at));
  }
  await all;
  return latencies;
}

async function closedLoop(socket: WebSocket, due: readonly number[], signal: AbortSignal): Promise<number[]> {
  const latencies: number[] = [];
  for (const at of due) {
    // What was due while it waited for an answer is never sent, and never measured.
    if (at < realClock.now() && latencies.length > 0) continue;
    await sleepUntil(realClock, at, signal);
    const sent = realClock.now();
    socket.send('x');
    await once(socket, 'message', { signal });
    latencies.push(realClock.now() - sent);
  }
  return latencies;
}

export async function throughAStall({ rate, windowMs, stallMs, signal }: StallSetting): Promise<Seen> {
  const { server, stall, goOn } = await startServer();
  const sockets: WebSocket[] = [];
  using watch = watchResources();
  try {
    sockets.push(await open(server.port, signal), await open(server.port, signal));
    const [first, second] = sockets;
    if (!first || !second) throw new Error('two clients were to connect');
    watch.reset();
    const startNs = realClock.now() + 50e6;
    const due = Array.from(
      { length: Math.round((rate * windowMs) / 1000) },
      (_, k) => startNs + (k * 1e9) / rate,
    );
    const running = Promise.all([openLoop(first, due, signal), closedLoop(second, due, signal)]);
    running.catch(() => {}); // Awaited below; it may fail while the server is stalled.
    await sleepUntil(realClock, startNs + (windowMs / 3) * 1e6, signal);
    stall();
    const stalledNs = realClock.now();
    await sleepUntil(realClock, stalledNs + stallMs * 1e6, signal);
    const stallNs = realClock.now() - stalledNs;
    goOn();
    const [opened, closed] = (await running).map((latencies) => latencies.toSorted((a, b) => a - b));
    signal.throwIfAborted();
    const verdict = watch.read().loopDelayMaxMs > 1000 / rate ? 'noisy' : 'valid';
    return { open: opened ?? [], closed: closed ?? [], stallNs, windowNs: windowMs * 1e6, verdict };
  } catch (error) {
    // A wait for an event rejects with an error of its own; the reason to report is the signal's.
    signal.throwIfAborted();
    throw error;
  } finally {
    for (const socket of sockets) socket.terminate();
    await server[Symbol.asyncDispose]();
  }
}
