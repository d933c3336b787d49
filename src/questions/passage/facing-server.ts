/**
 * The server behind what is probed. It says when it wrote what, when it was told that a reader has left, and how often it
 * was asked; nothing of it depends on what stands before it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import { Server as SocketIoServer } from 'socket.io';
import { WebSocketServer } from 'ws';
import { own } from '../../base/lookup.ts';
import { listen } from '../../servers/listening.ts';

export interface FacingServer extends AsyncDisposable {
  readonly port: number;
  /** Monotonic ms at which each event of the stream of this name was written. */
  written(stream: string): readonly number[];
  /** When the response of this name was closed before its end; undefined where nobody has told. */
  left(name: string): number | undefined;
  /** How often a request of this name has come. */
  asked(name: string): number;
  /** Connections accepted so far. */
  connections(): number;
  /** What the last request for an upgrade looked like here. */
  upgrade(): 'never came' | 'as an upgrade' | 'as a plain request';
  /** Pings of WebSockets that came through. */
  pings(): number;
  /** `1.1`, `1.0`: of the last request. */
  httpVersion(): string;
}

export const eventBytes = 108;
const headPauseMs = 500;
/** Lone events, then many in a row: what waits for time shows with the first, what waits for bytes with the others. */
export const loneEvents = 3;
const lonePauseMs = 500;
const burstTicks = 300;
const perTick = 2;
const burstTickMs = 2;

export const eventsInAll = loneEvents + burstTicks * perTick;

/** Fixed width, so that bytes are events. */
const eventText = (number: number): string =>
  `data: ${String(number).padStart(6, '0')}${'.'.repeat(eventBytes - 14)}\n\n`;

export async function facingServer(): Promise<FacingServer> {
  const seen = createSeen();
  const server = createServer((request, response) => {
    seen.request(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://probe');
    const name = searchParams.get('name') ?? '';
    seen.count(name);
    response.on('close', () => response.writableFinished || seen.leave(name));
    void (own(routes, pathname) ?? nowhere)(response, { name, params: searchParams, request, seen });
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, autoPong: false });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    socket.on('ping', () => seen.ping());
  });
  server.on('connection', () => seen.connect());
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!request.url?.startsWith('/ws')) return;
    seen.upgraded('as an upgrade');
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
  const socketIo = new SocketIoServer(server, { serveClient: false, destroyUpgrade: false });
  socketIo.on('connection', (socket) => socket.on('echo', (text, answer) => answer(text)));
  const { port, close } = await listen(server, { host: '127.0.0.1', port: 0, writeCostUs: 0 });
  return {
    port,
    ...seen.told,
    async [Symbol.asyncDispose]() {
      await Promise.all([socketIo.close(), close()]);
    },
  };
}

function createSeen() {
  const writes = new Map<string, number[]>();
  const leavings = new Map<string, number>();
  const counts = new Map<string, number>();
  const last = { upgrade: 'never came' as ReturnType<FacingServer['upgrade']>, httpVersion: '' };
  let connections = 0;
  let pings = 0;
  return {
    request: ({ httpVersion }: IncomingMessage) => void Object.assign(last, { httpVersion }),
    count: (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    write: (name: string) => void writes.set(name, [...(writes.get(name) ?? []), performance.now()]),
    leave: (name: string) => void (leavings.has(name) || leavings.set(name, performance.now())),
    connect: () => void connections++,
    ping: () => void pings++,
    upgraded: (upgrade: typeof last.upgrade) => void Object.assign(last, { upgrade }),
    told: {
      written: (stream: string) => writes.get(stream) ?? [],
      left: (name: string) => leavings.get(name),
      asked: (name: string) => counts.get(name) ?? 0,
      connections: () => connections,
      upgrade: () => last.upgrade,
      pings: () => pings,
      httpVersion: () => last.httpVersion,
    } satisfies Omit<FacingServer, 'port' | keyof AsyncDisposable>,
  };
}

interface Asked {
  readonly name: string;
  readonly params: URLSearchParams;
  readonly request: IncomingMessage;
  readonly seen: ReturnType<typeof createSeen>;
}
type Route = (response: ServerResponse, asked: Asked) => void | Promise<void>;

const nowhere: Route = (response) => void response.writeHead(404).end();

const eventStream = { 'content-type': 'text/event-stream' };

const routes: Readonly<Record<string, Route>> = {
  '/short': (response) => void response.end('hello'),
  /** An event stream as a tutorial writes it; `remedy`: with what an application can do. */
  async '/events'(response, { name, params, seen }) {
    const helped = { ...eventStream, 'x-accel-buffering': 'no', 'cache-control': 'no-store' };
    response.writeHead(200, params.has('remedy') ? helped : eventStream);
    response.flushHeaders();
    if (params.has('remedy')) response.write(':\n\n');
    await passed(headPauseMs);
    let number = 0;
    const say = () => {
      seen.write(name);
      response.write(eventText(number++));
    };
    for (let lone = 0; lone < loneEvents; lone++) {
      say();
      await passed(lonePauseMs);
    }
    for (let tick = 0; tick < burstTicks; tick++) {
      for (let event = 0; event < perTick; event++) say();
      await passed(burstTickMs);
    }
    await passed(lonePauseMs);
    response.end();
  },
  /** Says one event, and nothing more. */
  '/quiet'(response) {
    response.writeHead(200, eventStream);
    response.write(eventText(0));
  },
  async '/poll'(response, { params }) {
    await passed(Number(params.get('hold')));
    response.end('held');
  },
  /** Dies in the middle of its answer. */
  async '/die'(response, { params }) {
    response.writeHead(200, params.has('length') ? { 'content-length': 1000 } : {});
    response.write('x'.repeat(400));
    await passed(100);
    response.socket?.destroy();
  },
  /** Dies instead of answering what has arrived. */
  '/dying'(response, { request }) {
    request.resume();
    request.on('end', () => response.socket?.destroy());
  },
  '/ws'(response, { seen }) {
    seen.upgraded('as a plain request');
    response.writeHead(426, { connection: 'upgrade', upgrade: 'websocket' }).end();
  },
};
