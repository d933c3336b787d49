/**
 * The server behind the probed proxy. It notes when it wrote what, when it was told that a reader has left, and how
 * often it was asked. Nothing in it depends on the proxy.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Server as SocketIoServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { listen } from '../../servers/listening.ts';
import { createNotes, type FacingNotes } from './facing-notes.ts';
import { answer } from './facing-routes.ts';

export interface FacingServer extends AsyncDisposable, FacingNotes {
  readonly port: number;
}

/** Where it takes WebSockets, besides Socket.IO's own address. */
const paths: readonly string[] = ['/ws', '/feed'];

export async function facingServer(): Promise<FacingServer> {
  const notes = createNotes();
  const server = createServer((request, response) => answer(request, response, notes));
  // Probes wait longer than a minute on purpose, so no timeout may end a request.
  Object.assign(server, { requestTimeout: 0, headersTimeout: 0, timeout: 0 });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false });
  server.on('connection', notes.connect);
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://probe');
    if (!paths.includes(pathname)) return;
    const name = searchParams.get('name') ?? '';
    notes.ask(name, request);
    notes.upgraded(name, 'as an upgrade');
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', () => {});
      opened.on('message', (data, isBinary) => opened.send(data, { binary: isBinary }));
      opened.on('ping', notes.ping);
      const every = Number(searchParams.get('every') ?? 0);
      const pinging = every > 0 ? setInterval(() => opened.ping(), every) : undefined;
      opened.on('close', () => {
        clearInterval(pinging);
        notes.leave(name);
      });
    });
  });
  const socketIo = new SocketIoServer(server, { serveClient: false, destroyUpgrade: false });
  socketIo.on('connection', (socket) => socket.on('echo', (text, reply) => reply(text)));
  const { port, close } = await listen(server, { host: '127.0.0.1', port: 0, writeCostUs: 0 });
  return {
    port,
    ...notes.told,
    async [Symbol.asyncDispose]() {
      await Promise.all([socketIo.close(), close()]);
    },
  };
}
