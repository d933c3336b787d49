/** Every probe finds its feature, and fails when the feature is taken away: a probe that cannot fail proves nothing. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket as TcpSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server, Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { encodeMailbox } from '../../src/protocols/contract.ts';
import { apiEvents, listeners, logSocketIo, logWs } from '../../src/questions/probes/api-events.ts';
import { crossOrigin } from '../../src/questions/probes/cross-origin.ts';
import { codeLines, effort } from '../../src/questions/probes/effort.ts';
import type { Fact } from '../../src/questions/probes/fact.ts';
import { serveWs } from '../../src/questions/probes/serving.ts';
import { connectOrder, fallback } from '../../src/questions/probes/socket-io-connecting.ts';
import * as crowds from '../../src/questions/probes/socket-io-crowds.ts';
import * as names from '../../src/questions/probes/socket-io-events.ts';
import { statelessness } from '../../src/questions/probes/statelessness.ts';
import { closing, frames, handshake } from '../../src/questions/probes/websocket-wire.ts';

const found = (facts: readonly Fact[], metric: string, transport?: string) =>
  facts.find((fact) => fact.metric === metric && (!transport || fact.transport === transport))?.value;

/** A server that answers the handshake with whatever it is told, and then talks raw bytes. */
async function rawServer(accept: (key: string) => string, then: (socket: TcpSocket) => void = () => {}) {
  const sockets = new Set<TcpSocket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (head) => {
      const key = /sec-websocket-key: (.*)\r/i.exec(head.toString())?.[1] ?? '';
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept(key)}\r\n\r\n`,
      );
      then(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
const rightAccept = (key: string) =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

test.concurrent('handshake: a GET that asks to upgrade, a 101, and an accept value that follows from the key', async () => {
  const facts = await handshake();
  expect(found(facts, 'handshake-request')).toBe('GET / HTTP/1.1');
  for (const metric of ['handshake-is-get', 'handshake-upgrade', 'accept-recomputed'])
    expect(found(facts, metric), metric).toBe(1);
  expect(found(facts, 'handshake-status')).toBe(101);
});

test.concurrent('handshake: an accept value that does not follow from the key is seen', async () => {
  const facts = await handshake(() => rawServer(() => 'dGhlIHNhbXBsZSBub25jZQ=='));
  expect(found(facts, 'handshake-status')).toBe(101);
  expect(found(facts, 'accept-recomputed')).toBe(0);
});

test.concurrent('frames: kind, end, length and payload are as sent, in 2 to 14 bytes of header', async () => {
  const facts = await frames();
  expect(found(facts, 'frames')).toBe(8);
  for (const metric of ['frame-kind-told', 'frame-end-told', 'frame-length-told', 'frame-payload-intact'])
    expect(found(facts, metric), metric).toBe(1);
  expect([found(facts, 'frame-header-least'), found(facts, 'frame-header-most')]).toEqual([2, 14]);
});

test.concurrent('frames: a server that answers everything as text, or something else, is seen', async () => {
  const asText = await frames(() =>
    serveWs((sockets) =>
      sockets.on('connection', (socket) =>
        socket.on('message', (data) => socket.send(data, { binary: false })),
      ),
    ),
  );
  expect(found(asText, 'frame-kind-told')).toBe(0);
  const other = await frames(() =>
    serveWs((sockets) =>
      sockets.on('connection', (socket) =>
        socket.on('message', (data: Buffer, binary) => socket.send(Buffer.alloc(data.length), { binary })),
      ),
    ),
  );
  expect(found(other, 'frame-payload-intact')).toBe(0);
});

test.concurrent('closing: either side begins, the other confirms with the same code, and the connection ends', async () => {
  const facts = await closing();
  expect(facts.map(({ value }) => value)).toEqual([1, 1, 1, 1, 1, 1]);
});

test.concurrent('closing: a server that ends the connection without a close frame of its own is seen', async () => {
  const facts = await closing(() =>
    rawServer(rightAccept, (socket) => socket.on('data', () => socket.destroy())),
  );
  expect(found(facts, 'close-begun-client')).toBe(1);
  expect(found(facts, 'close-confirmed-client')).toBe(0);
  expect(found(facts, 'close-begun-server')).toBe(0);
});

test.concurrent('statelessness: one connection serves many requests, and one without a name finds nothing', async () => {
  const facts = await statelessness();
  expect(facts.map(({ value }) => value)).toEqual([5, 1, 0]);
});

test.concurrent('statelessness: a server that takes the connection for the client is seen', async () => {
  const facts = await statelessness(async () => {
    const waiting = new WeakMap<object, string[]>();
    const server = createHttpServer(async (request, response) => {
      const mailbox = waiting.get(request.socket) ?? [];
      waiting.set(request.socket, mailbox);
      for await (const chunk of request) mailbox.push(String(chunk));
      response.end(request.method === 'GET' ? encodeMailbox(mailbox.splice(0)) : '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      port: (server.address() as { port: number }).port,
      close: () => new Promise((resolve) => server.close(() => resolve())),
    };
  });
  expect(facts.map(({ value }) => value)).toEqual([5, 1, 1]);
});

test.concurrent('connect order: polling first, then the WebSocket; without polling nothing comes before it', async () => {
  const usual = await connectOrder();
  expect(found(usual, 'requests-on-connect')).toMatch(
    /^polling GET, polling POST, (polling GET, )?websocket GET/,
  );
  expect([found(usual, 'first-is-websocket'), found(usual, 'ends-on-websocket')]).toEqual([0, 1]);
  const kept = await connectOrder({ allowUpgrades: false });
  expect(found(kept, 'requests-on-connect')).not.toContain('websocket');
  expect(found(kept, 'ends-on-websocket')).toBe(0);
});

test.concurrent('fallback: where upgrades are refused Socket.IO goes on polling and ws stays silent', {
  timeout: 20_000,
}, async () => {
  const facts = await fallback();
  const delivered = (suffix: string, transport: string) =>
    found(facts, `messages-delivered${suffix}`, transport);
  expect([delivered('', 'ws'), delivered('', 'socket.io')]).toEqual([5, 5]);
  expect([delivered('-blocked', 'ws'), delivered('-blocked', 'socket.io')]).toEqual([0, 5]);
  expect(found(facts, 'spoke-over-blocked', 'socket.io')).toBe('polling');
  const withoutFallback = await fallback({ transports: ['websocket'] });
  expect(found(withoutFallback, 'messages-delivered-blocked', 'socket.io')).toBe(0);
});

/** A Socket.IO server that accepts the messages, but does not do what they ask. */
const connected = (act: (socket: Socket, io: Server) => void) => (io: Server) =>
  io.on('connection', (socket) => act(socket, io));

test.concurrent('events: names and arguments arrive over Socket.IO; a message of ws has no name', async () => {
  const facts = await names.events();
  expect([found(facts, 'named-events', 'socket.io'), found(facts, 'named-events', 'ws')]).toEqual([1, 0]);
  const without = await names.events(
    connected((socket) =>
      socket.on('order', (item: string) => {
        socket.emit('confirmed', item);
        socket.emit('fence');
      }),
    ),
  );
  expect(found(without, 'named-events', 'socket.io')).toBe(0);
});

test.concurrent('default event: what is sent without a name arrives as `message`; a server that does not listen to it is silent', async () => {
  expect(found(await names.defaultEvent(), 'default-event')).toBe('message');
  const without = await names.defaultEvent(
    connected((socket) => socket.on('hurry', () => socket.emit('fence'))),
  );
  expect(found(without, 'default-event')).toBeNull();
});

test.concurrent('namespaces: the other one hears nothing; a server that speaks to both is seen', async () => {
  const facts = await crowds.namespaces();
  expect([found(facts, 'namespaces', 'socket.io'), found(facts, 'namespaces', 'ws')]).toEqual([1, 0]);
  const mixed = await crowds.namespaces((io) => {
    for (const name of ['/news', '/sport'])
      io.of(name).on('connection', (socket) =>
        socket.on('say', (text: string) => {
          for (const every of ['/news', '/sport']) io.of(every).emit('said', text);
          for (const every of ['/news', '/sport']) io.of(every).emit('fence');
        }),
      );
  });
  expect(found(mixed, 'namespaces', 'socket.io')).toBe(0);
});

test.concurrent('rooms: members hear, strangers do not; without `join` nobody hears', async () => {
  const facts = await crowds.rooms();
  expect([found(facts, 'room-members-hear'), found(facts, 'room-strangers-hear')]).toEqual([2, 0]);
  const without = await crowds.rooms(
    connected((socket, io) => {
      socket.on('enter', (_room: string, done: () => void) => done());
      socket.on('say', (room: string, text: string) => {
        io.to(room).emit('said', text);
        io.emit('fence');
      });
    }),
  );
  expect([found(without, 'room-members-hear'), found(without, 'rooms', 'socket.io')]).toEqual([0, 0]);
});

test.concurrent('broadcast: all, all but the sender, one; a server that always speaks to all is seen', async () => {
  const facts = await crowds.broadcast();
  const heard = (from: readonly Fact[]) => [
    found(from, 'hear-everyone'),
    found(from, 'hear-others'),
    found(from, 'sender-hears-others'),
    found(from, 'hear-one'),
  ];
  expect(heard(facts)).toEqual([4, 3, 0, 1]);
  expect(found(facts, 'hear-loop', 'ws')).toBe(4);
  const loud = await crowds.broadcast(
    connected((socket, io) =>
      socket.on('go', () => {
        for (const name of ['everyone', 'others', 'self', 'fence']) io.emit(name);
      }),
    ),
  );
  expect(heard(loud)).toEqual([4, 4, 1, 4]);
});

test.concurrent('CORS: polling is readable only where it was allowed; a WebSocket opens either way', async () => {
  const facts = await crossOrigin();
  expect(facts.map(({ value }) => value)).toEqual([0, 1, 1, 1]);
  const another = await crossOrigin({ cors: { origin: 'http://someone.example' } });
  expect(found(another, 'cors-readable-with-cors')).toBe(0);
  const guarded = await crossOrigin({ allowRequest: (_request, decide) => decide(null, false) });
  expect(found(guarded, 'cors-opened-with-cors')).toBe(0);
});

test.concurrent('API events: those of the documents fire, but for the server’s `close`', async () => {
  const facts = await apiEvents();
  expect([found(facts, 'events-as-taught', 'ws'), found(facts, 'events-as-taught', 'socket.io')]).toEqual([
    1, 1,
  ]);
  expect(found(facts, 'server-close-on-connection-end')).toBe(0);
});

test.concurrent('API events: an event that is not told is missed, and a server that closes with its client is seen', async () => {
  const deaf = await apiEvents(
    (log) => logWs((event) => event !== 'server socket close' && log(event)),
    (log) => logSocketIo((event) => event !== 'server connection' && log(event)),
  );
  expect([found(deaf, 'events-as-taught', 'ws'), found(deaf, 'events-as-taught', 'socket.io')]).toEqual([
    0, 0,
  ]);
  const closingWithClient = await apiEvents((log) => (sockets) => {
    logWs(log)(sockets);
    sockets.on('connection', (socket) => socket.on('close', () => sockets.emit('close')));
  });
  expect(found(closingWithClient, 'server-close-on-connection-end')).toBe(1);
});

test.concurrent('listeners: two that are added both hear, of two properties the last; a client that keeps one is seen', async () => {
  expect((await listeners()).map(({ value }) => value)).toEqual([2, 1]);
  class Forgetful extends WebSocket {
    override addEventListener(...[name, listener]: Parameters<WebSocket['addEventListener']>) {
      this.onmessage = null;
      super.addEventListener(name, listener);
      if (this.listenerCount('message') > 1) this.removeAllListeners('message');
    }
  }
  expect(found(await listeners(Forgetful as typeof WebSocket), 'listeners-added-heard')).not.toBe(2);
});

test.concurrent('effort: lines of code, packages and bytes are those of the files that are there', async () => {
  expect(codeLines('/** about\n * it */\nconst a = 1;\n\n  // why\nconst b = 2;\n')).toBe(2);
  const folder = mkdtempSync(join(tmpdir(), 'rtcompare-effort-'));
  const install = (path: string, dependencies: object, text: string) => {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ dependencies }));
    writeFileSync(join(folder, path, 'index.js'), text);
  };
  install('node_modules/ws', {}, 'x'.repeat(1000));
  install('node_modules/socket.io', { a: '1', b: '1' }, 'x');
  install('node_modules/a', { b: '1' }, 'x');
  install('node_modules/socket.io/node_modules/b', { a: '1' }, 'x'.repeat(500));
  install('node_modules/b', {}, 'x');
  const facts = await effort(folder);
  rmSync(folder, { recursive: true });
  expect(found(facts, 'packages-server', 'ws')).toBe(1);
  expect(found(facts, 'installed-bytes-server', 'ws')).toBe(1000 + '{"dependencies":{}}'.length);
  // socket.io, its own b, a, and the b that a finds.
  expect(found(facts, 'packages-server', 'socket.io')).toBe(4);
  expect(found(facts, 'page-bytes', 'socket.io')).toBeNull();
});
