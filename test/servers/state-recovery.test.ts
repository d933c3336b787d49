/** What Socket.IO's connection state recovery costs, row by row as in docs/methodology.md: real server, real client. */
import { type EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ServerOptions, Server as SocketIoServer } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { expect, test, vi } from 'vitest';

type Recovery = NonNullable<ServerOptions['connectionStateRecovery']>;

async function serve(recovery: Partial<Recovery> = {}, port = 0) {
  const server = createServer();
  const sockets = new SocketIoServer(server, {
    serveClient: false,
    connectionStateRecovery: recovery as Recovery,
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    sockets,
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      await sockets.close();
    },
  };
}

function connect(port: number) {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 100,
    reconnectionDelayMax: 100,
    randomizationFactor: 0,
  });
  const heard: unknown[][] = [];
  socket.onAny((...args) => heard.push(args));
  return { socket, heard, [Symbol.dispose]: () => socket.disconnect() };
}

const connected = (socket: Socket) => new Promise<void>((resolve) => socket.once('connect', () => resolve()));

/** Once it is answered, all that was said before has been heard. It is neither numbered nor kept. */
const fence = (sockets: SocketIoServer) => sockets.timeout(2000).emitWithAck('fence');

interface Course {
  readonly recovery?: Partial<Recovery>;
  /** Before the cut. */
  readonly said?: (sockets: SocketIoServer) => void | Promise<void>;
  readonly cut?: (socket: Socket, sockets: SocketIoServer) => void;
  /** While it is away. */
  readonly meanwhile?: (sockets: SocketIoServer) => void | Promise<void>;
}

async function cutOff({ recovery, said = first, cut = breakOff, meanwhile = missed }: Course = {}) {
  await using server = await serve(recovery);
  using client = connect(server.port);
  const { socket, heard } = client;
  socket.on('fence', (answer: () => void) => answer());
  await connected(socket);
  await said(server.sockets);
  await fence(server.sockets);
  const gone = once(server.sockets.sockets.sockets.values().next().value as EventEmitter, 'disconnect');
  const left = new Promise<void>((resolve) => socket.once('disconnect', () => resolve()));
  const back = connected(socket);
  cut(socket, server.sockets);
  await Promise.all([gone, left]);
  await meanwhile(server.sockets);
  if (!socket.active) socket.connect();
  await back;
  await fence(server.sockets);
  return { recovered: socket.recovered, news: news(heard), offset: heard[0]?.at(-1) };
}

const first = (sockets: SocketIoServer) => void sockets.emit('news', 'first');
const missed = (sockets: SocketIoServer) => void sockets.emit('news', 'missed');
const breakOff = (socket: Socket) => socket.io.engine.close();
const news = (heard: readonly unknown[][]) =>
  heard.filter(([name]) => name === 'news').map(([, what]) => what);

test('back in time, after an event: recovered, and what was missed is said again', async () => {
  const { recovered, news, offset } = await cutOff();
  expect(recovered).toBe(true);
  expect(news).toEqual(['first', 'missed']);
  // An argument more for every handler: seven characters, on the wire with two quotes and a comma.
  expect(offset).toMatch(/^[\w-]{7}$/);
});

test('of what was missed, what is volatile or to be acknowledged is not said again', async () => {
  const meanwhile = (sockets: SocketIoServer) => {
    sockets.volatile.emit('news', 'volatile');
    sockets.emit('news', 'acknowledged', () => {});
    sockets.emit('news', 'missed');
  };
  expect(await cutOff({ meanwhile })).toMatchObject({ recovered: true, news: ['first', 'missed'] });
});

const notRecovered: readonly (readonly [string, Course])[] = [
  ['who has never heard an event: there is no offset to say', { said: () => {} }],
  [
    'whose last event was volatile and ended in a string: that is taken for the offset',
    {
      async said(sockets) {
        first(sockets);
        // Of two in one turn the volatile one would be dropped.
        await fence(sockets);
        sockets.volatile.emit('ticker', 'AAPL');
      },
    },
  ],
  ['who left, or was put out, on purpose', { cut: (socket) => socket.disconnect() }],
  ['who was put out by the server', { cut: (_, sockets) => sockets.disconnectSockets() }],
  [
    'who is away for longer than maxDisconnectionDuration',
    {
      recovery: { maxDisconnectionDuration: 50 },
      cut: (socket) => socket.io.engine.close(),
      meanwhile: async (sockets) => {
        await new Promise((resolve) => setTimeout(resolve, 60));
        missed(sockets);
      },
    },
  ],
];

test.each(notRecovered)('not recovered: %s', async (_, course) => {
  const { recovered, news } = await cutOff(course);
  expect(recovered).toBe(false);
  expect(news).not.toContain('missed');
});

test('not recovered: who was cut off for a moment, after two minutes without an event: its last one is no longer kept', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  try {
    const said = (sockets: SocketIoServer) => {
      first(sockets);
      // The adapter looks once a minute.
      vi.advanceTimersByTime(181_000);
    };
    expect(await cutOff({ said })).toMatchObject({ recovered: false, news: ['first'] });
  } finally {
    vi.useRealTimers();
  }
});

test('not recovered: whose server has been started anew, where state is in its memory', async () => {
  const server = await serve();
  using client = connect(server.port);
  const { socket } = client;
  socket.on('fence', (answer: () => void) => answer());
  await connected(socket);
  first(server.sockets);
  await fence(server.sockets);
  const back = connected(socket);
  await server[Symbol.asyncDispose]();
  await using _again = await serve({}, server.port);
  await back;
  expect(socket.recovered).toBe(false);
});
