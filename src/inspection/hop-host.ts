/** A process that stands for a peer of the relay: it echoes, or asks and times the answers, with Node's own sockets. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { median } from 'simple-statistics';
import { obeyParent } from '../base/child/inside.ts';

export type HopCommand =
  /** Starts an echo server; answers with its port. */
  | { readonly type: 'echo' }
  /** Connects to each port, and sends `warmup` questions there, so that all code is compiled. */
  | { readonly type: 'connect'; readonly ports: readonly number[]; readonly warmup: number }
  /** Answers with the median round trip of each port (ns): by turns of `each`, with a pause before each question. */
  | { readonly type: 'ask'; readonly turns: number; readonly each: number; readonly pauseMs: number }
  | { readonly type: 'stop' };

const host = '127.0.0.1';
const question = Buffer.alloc(64, 'q');
const sockets: Socket[] = [];

async function echo(): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('data', (bytes) => void socket.write(bytes));
    socket.on('error', () => {});
  }).listen(0, host);
  await once(server, 'listening');
  // The channel to the parent keeps this process alive, and nothing else does.
  server.unref();
  return (server.address() as AddressInfo).port;
}

async function connectTo(ports: readonly number[], warmup: number): Promise<void> {
  for (const port of ports) {
    const socket = connect({ host, port, noDelay: true });
    await once(socket, 'connect');
    sockets.push(socket);
    for (let time = 0; time < warmup; time++) await roundTrip(socket);
  }
}

async function ask(turns: number, each: number, pauseMs: number): Promise<number[]> {
  const timesNs = sockets.map(() => [] as number[]);
  for (let turn = 0; turn < turns; turn++)
    for (const [index, socket] of sockets.entries())
      for (let time = 0; time < each; time++) {
        if (pauseMs > 0) await pause(pauseMs);
        timesNs[index]?.push(await roundTrip(socket));
      }
  for (const socket of sockets) socket.destroy();
  return timesNs.map((times) => median(times));
}

/** In nanoseconds. */
const roundTrip = (socket: Socket): Promise<number> =>
  new Promise((resolve, reject) => {
    let missing = question.length;
    const sentMs = performance.now();
    const leave = () => {
      socket.off('data', hear);
      socket.off('close', gone);
    };
    const gone = () => reject(new Error('the connection was closed'));
    const hear = (bytes: Buffer) => {
      missing -= bytes.length;
      if (missing > 0) return;
      leave();
      resolve((performance.now() - sentMs) * 1e6);
    };
    socket.on('data', hear);
    socket.once('close', gone);
    socket.write(question);
  });

obeyParent<HopCommand>(async (command) => {
  if (command.type === 'echo') return echo();
  if (command.type === 'connect') return connectTo(command.ports, command.warmup);
  if (command.type === 'ask') return ask(command.turns, command.each, command.pauseMs);
});
