/**
 * Small servers for probes, in this process: nothing here is timed, and a probe must be able to set up on a server
 * whatever feature it asks for (or, in a test, take it away). Loopback, any free port.
 */
import { createServer, type Server as HttpServer } from 'node:http';
import { type ServerOptions, Server as SocketIoServer } from 'socket.io';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { WebSocketServer } from 'ws';
import { afterReading } from '../../base/clock.ts';
import { listen } from '../../servers/listening.ts';

export const host = '127.0.0.1';

export interface Serving extends AsyncDisposable {
  readonly port: number;
}

async function serving(server: HttpServer): Promise<Serving> {
  const { port, close } = await listen(server, { host, port: 0, writeCostUs: 0 });
  return { port, [Symbol.asyncDispose]: close };
}

/**
 * A bare `ws` server; `set` gives it its behaviour. The tutorial writes `new WebSocket.Server`: that is this class under
 * CommonJS, and ES modules know it by this name only.
 */
export async function serveWs(set: (sockets: WebSocketServer) => void): Promise<Serving> {
  // Answers 426, as the class does when it has the port to itself: to a request whose upgrade was removed on the way.
  const server = createServer((_, response) => response.writeHead(426).end());
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket) => socket.on('error', () => {}));
  set(sockets);
  return serving(server);
}

export interface SocketIoServing extends Serving {
  /** A client on a namespace, connected. Rejects when the server refuses it. */
  client(namespace?: string, options?: Partial<ManagerOptions & SocketOptions>): Promise<Socket>;
}

/** A Socket.IO server and clients of it, which are closed with it. Clients take the WebSocket at once. */
export async function serveSocketIo(
  set: (io: SocketIoServer) => void,
  options: Partial<ServerOptions> = {},
): Promise<SocketIoServing> {
  const server = createServer();
  const socketIo = new SocketIoServer(server, { serveClient: false, ...options });
  set(socketIo);
  const { port, [Symbol.asyncDispose]: close } = await serving(server);
  const clients: Socket[] = [];
  return {
    port,
    async client(namespace = '/', asked = {}) {
      const usual = { transports: ['websocket'], forceNew: true, reconnection: false };
      const socket = io(`http://${host}:${port}${namespace}`, { ...usual, ...asked });
      clients.push(socket);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return socket;
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.disconnect();
      await socketIo.close();
      await close();
    },
  };
}

/** The promise's value, or null if it takes too long: that is how a missing feature looks from outside. */
export function withinMs<Value>(ms: number, promise: Promise<Value>): Promise<Value | null> {
  let callOff = () => {};
  const late = new Promise<null>((resolve) => {
    callOff = afterReading(ms, () => resolve(null));
  });
  return Promise.race([promise, late]).finally(() => callOff());
}

/** How long a probe waits for what should come at once. */
export const patienceMs = 2000;
