/** The server that a page connects to: it reports what arrived when, and answers as each probe needs it. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { own } from '../../base/lookup.ts';
import { listen } from '../../servers/listening.ts';

export interface HabitServer extends AsyncDisposable {
  readonly port: number;
  /** Monotonic ms at which requests for this path arrived, upgrades included. */
  asked(path: string): readonly number[];
  connections(): number;
  /** Resolves when the browser closes a connection that has answered for this path; with undefined after so many ms. */
  closed(path: string, withinMs: number): Promise<number | undefined>;
}

/** RFC 6455 §1.3. */
const websocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Listed by name, because Firefox does not remember a wildcard. */
const shared = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type',
  'access-control-allow-methods': 'POST',
};
const page = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
const listening = "<!doctype html><script>new EventSource('/events')</script>";

const stream = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

type Answer = (response: ServerResponse) => void;

const answers: Readonly<Record<string, Answer>> = {
  '/x': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'),
  '/events': (response) => response.writeHead(200, stream).write(':\n\n'),
  '/ended': (response) => response.writeHead(200, stream).end('data: x\n\n'),
  '/never': () => {},
  '/kept': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'),
  '/told': (response) => response.writeHead(200, { 'keep-alive': `timeout=${keptS}` }).end('ok'),
  '/shared': (response) => response.writeHead(204, shared).end(),
  '/listening': (response) => response.writeHead(200, page).end(listening),
  '/blank': (response) => response.writeHead(200, page).end('<!doctype html>'),
  '/204': (response) => response.writeHead(204).end(),
  '/429': (response) => response.writeHead(429).end(),
  '/500': (response) => response.writeHead(500).end(),
  '/wrong-type': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('data: x\n\n'),
  // Its connection has answered before, and now ends before any byte of an answer.
  '/dies': (response) => void response.socket?.destroy(),
};

/** How long the server says that it keeps a connection; in fact it keeps all of them. */
export const keptS = 3;

export async function habitServer(host: string): Promise<HabitServer> {
  const seen = new Map<string, number[]>();
  let connections = 0;
  const kept = new Map<string, Socket>();
  const note = ({ url = '/', method, socket }: IncomingMessage): string => {
    const path = url.split('?', 1)[0] ?? '';
    const key = method === 'OPTIONS' ? `OPTIONS ${path}` : path;
    seen.set(key, [...(seen.get(key) ?? []), performance.now()]);
    kept.set(key, socket);
    return path;
  };
  const server = createServer((request, response) => {
    const path = note(request);
    request.resume().on('end', () => (own(answers, path) ?? answers['/500'])?.(response));
  });
  // Only the browser ends a connection.
  server.keepAliveTimeout = 0;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  sockets.on('connection', (socket) => socket.on('error', () => {}).on('message', () => socket.send('ok')));
  server.on('connection', (socket: Socket) => {
    connections++;
    socket.on('error', () => {});
  });
  server.on('upgrade', (request, socket, head) => {
    const path = note(request);
    if (path === '/ws')
      sockets.handleUpgrade(request, socket, head, (one) => sockets.emit('connection', one));
    else if (path === '/deaf') accept(request, socket as Socket);
    else socket.destroy();
  });
  const running = await listen(server, { host, port: 0, writeCostUs: 0 });
  return {
    port: running.port,
    asked: (path) => seen.get(path) ?? [],
    connections: () => connections,
    closed: (path, withinMs) =>
      new Promise((resolve) => {
        const sinceMs = performance.now();
        const timer = setTimeout(() => resolve(undefined), withinMs);
        kept.get(path)?.once('close', () => {
          clearTimeout(timer);
          resolve(performance.now() - sinceMs);
        });
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      await running.close();
    },
  };
}

/** Accepts the WebSocket, and never answers anything on it. */
function accept({ headers }: IncomingMessage, socket: Socket) {
  const accepted = createHash('sha1')
    .update(`${headers['sec-websocket-key']}${websocketGuid}`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
  );
  socket.on('error', () => {}).resume();
}
