/**
 * One message in two small writes, with and without Nagle's algorithm (RFC 896). With it, the second write waits until
 * the first is acknowledged, and the other side delays acknowledgements (RFC 1122 §4.2.3.2). The system decides by how
 * much, so nothing predicts it here.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { watchResources } from '../../base/resources.ts';

const host = '127.0.0.1';

/** A server that answers every two bytes with one. */
async function startServer() {
  const server = createServer({ noDelay: true }, (socket) => {
    let waiting = 0;
    socket.on('error', () => {});
    socket.on('data', ({ length }) => {
      for (waiting += length; waiting >= 2; waiting -= 2) socket.write('.');
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

/** The median of so many exchanges, in ns. */
async function exchange(port: number, noDelay: boolean, rounds: number): Promise<number> {
  const socket = connect({ host, port, noDelay });
  await once(socket, 'connect');
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    socket.write('a');
    socket.write('b');
    await once(socket, 'data');
    times.push((performance.now() - began) * 1e6);
  }
  socket.destroy();
  return times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

export interface Writes {
  readonly withNagle: number;
  readonly without: number;
  /** Whether this process was often kept waiting for half as long as an acknowledgement is delayed. */
  readonly isNoisy: boolean;
}

const noisyMs = 20;

export async function timeWrites(rounds: number): Promise<Writes> {
  const server = await startServer();
  using watch = watchResources();
  try {
    const without = await exchange(server.port, true, rounds);
    const withNagle = await exchange(server.port, false, rounds);
    return { without, withNagle, isNoisy: watch.read().loopDelayP99Ms > noisyMs };
  } finally {
    server.close();
  }
}
