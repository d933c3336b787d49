/** A process that stands for a peer of the relay: it echoes, or it asks and times the answers. Node's own sockets, and nothing else. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { median } from 'simple-statistics';
import { obeyParent } from '../base/child/inside.ts';

export type HopCommand =
  | { readonly type: 'echo' }
  /** Asks there so often, by turns of `each` at every port, after as many that nobody times. */
  | {
      readonly type: 'ask';
      readonly ports: readonly number[];
      readonly turns: number;
      readonly each: number;
    }
  | { readonly type: 'stop' };

const host = '127.0.0.1';
const question = Buffer.alloc(64, 'q');

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

/** The medians of the round trips, by port (ns). */
async function ask(ports: readonly number[], turns: number, each: number): Promise<number[]> {
  const asked = await Promise.all(
    ports.map(async (port) => {
      const socket = connect({ host, port, noDelay: true });
      await once(socket, 'connect');
      return { socket, timesNs: [] as number[] };
    }),
  );
  for (const { socket } of asked) await roundTrips(socket, turns * each);
  for (let turn = 0; turn < turns; turn++)
    for (const { socket, timesNs } of asked) timesNs.push(...(await roundTrips(socket, each)));
  for (const { socket } of asked) socket.destroy();
  return asked.map(({ timesNs }) => median(timesNs));
}

/** One after the other (ns). */
const roundTrips = (socket: Socket, count: number): Promise<number[]> =>
  new Promise((resolve, reject) => {
    const timesNs: number[] = [];
    let missing = question.length;
    let sentMs = 0;
    const say = () => {
      missing = question.length;
      sentMs = performance.now();
      socket.write(question);
    };
    const hear = (bytes: Buffer) => {
      missing -= bytes.length;
      if (missing > 0) return;
      timesNs.push((performance.now() - sentMs) * 1e6);
      if (timesNs.length < count) return say();
      socket.off('data', hear);
      resolve(timesNs);
    };
    socket.on('data', hear);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the relay closed the connection')));
    say();
  });

obeyParent<HopCommand>(async (command) => {
  if (command.type === 'echo') return echo();
  if (command.type === 'ask') return ask(command.ports, command.turns, command.each);
});
