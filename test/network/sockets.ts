/** Plain sockets for the relay's tests: servers that remember their sockets, and clients that collect. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { parseLink } from '../../src/network/link.ts';
import { type Relay, type RelayOptions, startRelay } from '../../src/network/relay.ts';

export interface TestServer extends AsyncDisposable {
  readonly port: number;
  readonly sockets: Socket[];
}

export async function serveTcp(serve: (socket: Socket) => void): Promise<TestServer> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

export const serveEcho = () => serveTcp((socket) => socket.pipe(socket));

export const relayTo = (
  { port }: { port: number },
  link: string,
  more: Partial<RelayOptions> = {},
): Promise<Relay> =>
  startRelay({ targetHost: '127.0.0.1', targetPort: port, link: parseLink(link), seed: 7, ...more });

export interface TestClient {
  readonly socket: Socket;
  readonly received: () => Buffer;
  /** The error's code, or `fin` where the end was orderly. */
  readonly ended: Promise<string>;
  /** Resolves when so many bytes have come in all. */
  until(bytes: number): Promise<void>;
}

export function dial({ port }: { port: number }): TestClient {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  const pieces: Buffer[] = [];
  let bytes = 0;
  socket.setNoDelay(true);
  socket.on('data', (piece) => {
    pieces.push(piece);
    bytes += piece.length;
    socket.emit('collected');
  });
  const ended = new Promise<string>((resolve) => {
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    socket.once('end', () => resolve('fin'));
  });
  return {
    socket,
    received: () => Buffer.concat(pieces),
    ended,
    async until(wanted) {
      while (bytes < wanted) {
        const how = await Promise.race([once(socket, 'collected'), ended]);
        if (typeof how === 'string') throw new Error(`${how} after ${bytes} of ${wanted} bytes`);
      }
    },
  };
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for something that must become true soon; the test's own deadline ends a wait in vain. */
export async function eventually(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(5);
}
