/** The server that a page is asked to speak to: it says what came when, and answers as each probe needs it. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { own } from '../../base/lookup.ts';
import { listen } from '../../servers/listening.ts';

export interface HabitServer extends AsyncDisposable {
  readonly port: number;
  /** Monotonic ms at which requests for this path came, upgrades among them. */
  asked(path: string): readonly number[];
  connections(): number;
}

/** RFC 6455 §1.3. */
const websocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const stream = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

type Answer = (response: ServerResponse) => void;

const answers: Readonly<Record<string, Answer>> = {
  '/x': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('ok'),
  '/events': (response) => response.writeHead(200, stream).write(':\n\n'),
  '/ended': (response) => response.writeHead(200, stream).end('data: x\n\n'),
  '/never': () => {},
  '/204': (response) => response.writeHead(204).end(),
  '/429': (response) => response.writeHead(429).end(),
  '/500': (response) => response.writeHead(500).end(),
  '/wrong-type': (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('data: x\n\n'),
  // Its connection has answered before, and ends now before any byte of an answer.
  '/dies': (response) => void response.socket?.destroy(),
};

export async function habitServer(host: string): Promise<HabitServer> {
  const seen = new Map<string, number[]>();
  let connections = 0;
  const note = ({ url = '/' }: IncomingMessage): string => {
    const path = url.split('?', 1)[0] ?? '';
    seen.set(path, [...(seen.get(path) ?? []), performance.now()]);
    return path;
  };
  const server = createServer((request, response) => {
    const path = note(request);
    request.resume().on('end', () => (own(answers, path) ?? answers['/500'])?.(response));
  });
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
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      await running.close();
    },
  };
}

/** Takes the WebSocket, and never answers anything on it. */
function accept({ headers }: IncomingMessage, socket: Socket) {
  const accepted = createHash('sha1')
    .update(`${headers['sec-websocket-key']}${websocketGuid}`)
    .digest('base64');
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accepted}\r\n\r\n`,
  );
  socket.on('error', () => {}).resume();
}
