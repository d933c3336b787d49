/**
 * Applications that this project has no part in, used through the inspector: transparent byte for byte, balanced,
 * and nothing unparsed.
 */
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Server as SocketIoServer } from 'socket.io';
import { io } from 'socket.io-client';
import { EventSource } from 'undici';
import { expect, test } from 'vitest';
import { createViteServer } from 'vitest/node';
import { WebSocket, WebSocketServer } from 'ws';
import type { Inspection } from '../../src/document/inspection.ts';
import { eventually, pause } from '../network/sockets.ts';
import { inspected, layerBytes, listening } from '../support/inspected.ts';

const nothingUnparsed = (seen: Inspection) =>
  expect(seen.fields.filter(({ layer }) => layer === 'unparsed')).toEqual([]);

function closing(server: Server) {
  return {
    [Symbol.dispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function chat(perMessageDeflate: boolean) {
  const server = createServer();
  const sockets = new WebSocketServer({
    server,
    path: '/room/7',
    perMessageDeflate: perMessageDeflate && { threshold: 0 },
  });
  sockets.on('connection', (socket) => {
    socket.on('message', (data, isBinary) => {
      for (const other of sockets.clients) other.send(data, { binary: isBinary });
    });
  });
  return { server, port: await listening(server) };
}

async function member(url: string, options: { perMessageDeflate: boolean }) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/room/7`, options);
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(data.toString()));
  await once(socket, 'open');
  return { socket, heard };
}

test('a ws chat: text, binary, a ping, three members', async () => {
  const { server, port } = await chat(false);
  using _ = closing(server);
  await using app = await inspected(port);
  const members = await Promise.all([1, 2, 3].map(() => member(app.url, { perMessageDeflate: false })));
  members[0]!.socket.send('hello everyone');
  members[1]!.socket.send(Buffer.alloc(70_000, 7));
  members[2]!.socket.ping('still there?');
  await once(members[2]!.socket, 'pong');
  await eventually(() => members.every(({ heard }) => heard.length === 2));
  for (const { socket } of members) socket.close(1000, 'bye');
  const seen = await app.transparent();
  nothingUnparsed(seen);
  expect(seen.messages).toEqual({ up: 2, down: 6 });
  expect(seen.requests).toBe(3);
  expect(layerBytes(seen, 'payload', 'up')).toBe(14 + 70_000);
  expect(seen.perConnection.map(({ speaks, path }) => [speaks.join(), path])).toEqual(
    [1, 2, 3].map(() => ['websocket', '/room/7']),
  );
});

test('a ws chat with permessage-deflate: compressed messages are told as such, and balanced', async () => {
  const { server, port } = await chat(true);
  using _ = closing(server);
  await using app = await inspected(port);
  const { socket, heard } = await member(app.url, { perMessageDeflate: true });
  const long = 'the same again and again; '.repeat(100);
  socket.send(long);
  await eventually(() => heard.length === 1);
  expect(heard[0]).toBe(long);
  socket.close();
  const seen = await app.transparent();
  nothingUnparsed(seen);
  expect(seen.messages).toEqual({ up: 1, down: 1 });
  expect(seen.hints).toContainEqual({ kind: 'compressed-messages', values: { messages: 2 } });
  expect(layerBytes(seen, 'payload')).toBeLessThan(long.length);
});

test('a Socket.IO chat: a path, a namespace and rooms of its own, acks, binary, polling and then WebSocket', async () => {
  const server = createServer();
  const sockets = new SocketIoServer(server, { path: '/realtime/', serveClient: false });
  sockets.of('/lobby').on('connection', (socket) => {
    socket.on('join', async (room: string, done: (joined: boolean) => void) => {
      await socket.join(room);
      done(true);
    });
    socket.on('say', (room: string, text: string, picture: Buffer) =>
      sockets.of('/lobby').to(room).emit('said', { text, picture }, 'a "quoted" word'),
    );
  });
  const port = await listening(server);
  await using app = await inspected(port);
  const clients = ['polling', 'both'].map((how) =>
    io(`${app.url}/lobby`, {
      path: '/realtime/',
      forceNew: true,
      transports: how === 'polling' ? ['polling'] : ['polling', 'websocket'],
    }),
  );
  const said: unknown[] = [];
  await Promise.all(
    clients.map(async (client) => {
      client.on('said', (...args) => said.push(args));
      expect(await client.timeout(5000).emitWithAck('join', 'kitchen')).toBe(true);
    }),
  );
  await eventually(() => clients[1]!.io.engine.transport.name === 'websocket');
  for (const client of clients) client.emit('say', 'kitchen', 'soup is ready', Buffer.alloc(300, 0xfe));
  await eventually(() => said.length === 4);
  for (const client of clients) client.disconnect();
  await app.quiet();
  await sockets.close();
  const seen = await app.transparent();
  nothingUnparsed(seen);
  // Two joins and two calls up; two acks and four calls down.
  expect(seen.messages).toEqual({ up: 4, down: 6 });
  expect(seen.engineIo.upgrades).toBe(1);
  expect(layerBytes(seen, 'socket.io')).toBeGreaterThan(0);
  expect(seen.perConnection.flatMap(({ speaks }) => speaks)).toContain('socket.io');
});

test('an event stream at any path, read by undici’s EventSource, with names, ids, comments and CRLF', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(': welcome\n\nretry: 60000\n\n');
    for (const n of [1, 2, 3])
      response.write(`event: news\nid: ${n}\ndata: line ${n}\ndata: and another\n\n`);
    response.write('data: {"json":true}\r\n\r\n');
  });
  const port = await listening(server);
  using _ = closing(server);
  await using app = await inspected(port);
  const stream = new EventSource(`${app.url}/api/live?topic=all`);
  const heard: string[] = [];
  for (const name of ['news', 'message']) {
    stream.addEventListener(name, (event) => heard.push(String((event as { data?: unknown }).data)));
  }
  await eventually(() => heard.length === 4);
  expect(heard[2]).toBe('line 3\nand another');
  stream.close();
  const seen = await app.transparent();
  nothingUnparsed(seen);
  expect(seen.messages).toEqual({ up: 0, down: 4 });
  expect(layerBytes(seen, 'payload')).toBe(Buffer.byteLength(heard.join('')));
  expect(seen.perConnection[0]).toMatchObject({ speaks: ['sse'], path: '/api/live' });
});

test('a Vite dev server: its modules, and the socket of its hot reload', async () => {
  const vite = await createViteServer({
    configFile: false,
    logLevel: 'silent',
    root: fileURLToPath(new URL('../support/page', import.meta.url)),
    cacheDir: join(tmpdir(), 'rtcompare-vite-cache'),
    server: { host: '127.0.0.1', port: 0, watch: null, hmr: true },
    optimizeDeps: { noDiscovery: true },
  });
  await vite.listen();
  const { port } = vite.httpServer!.address() as { port: number };
  await using app = await inspected(port);
  // A real browser says where it came from; the server accepts this machine's addresses.
  const client = await (await fetch(`${app.url}/@vite/client`)).text();
  const token = /wsToken = "([^"]+)"/.exec(client)?.[1] ?? '';
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/?token=${token}`, 'vite-hmr', {
    origin: app.url,
    perMessageDeflate: false,
  });
  const heard: { type: string }[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(data.toString())));
  await once(socket, 'open');
  await eventually(() => heard.length > 0);
  vite.ws.send({ type: 'full-reload' });
  await eventually(() => heard.length > 1);
  expect(heard.map(({ type }) => type)).toEqual(['connected', 'full-reload']);
  socket.close();
  await once(socket, 'close');
  await vite.close();
  const seen = await app.transparent();
  nothingUnparsed(seen);
  expect(seen.messages.down).toBe(2 + 1);
  expect(seen.perConnection.flatMap(({ speaks }) => speaks).sort()).toEqual(['http', 'websocket']);
});

/** Asks and reads to the end, over the agent's connection or one of its own. */
function ask(url: string, options: Parameters<typeof request>[1], body?: string) {
  return new Promise<{ response: IncomingMessage; content: Buffer }>((resolve, reject) => {
    const asked = request(url, options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => resolve({ response, content: Buffer.concat(pieces) }));
    });
    asked.on('error', reject);
    if (asked.getHeader('expect')) asked.on('continue', () => asked.end(body));
    else asked.end(body);
  });
}

const zipped = gzipSync('a body worth compressing '.repeat(400));

/** Every way in which RFC 9112 §6.3 lets a body end, and the answers that have none. */
function api() {
  return createServer((asked, response) => {
    asked.resume().on('end', () => {
      const { pathname } = new URL(asked.url!, 'http://a');
      if (pathname === '/gzip') response.writeHead(200, { 'content-encoding': 'gzip' }).end(zipped);
      else if (pathname === '/none') response.writeHead(204).end();
      else if (pathname === '/same') response.writeHead(304, { etag: '"1"' }).end();
      else if (pathname === '/early') {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' });
        response.end('late');
      } else if (pathname === '/trailers') {
        response.writeHead(200, { trailer: 'x-sum' });
        response.write('in ');
        response.write('chunks');
        response.addTrailers({ 'x-sum': '42' });
        response.end();
      } else if (pathname === '/until-close') {
        response.socket!.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the connection ends');
      } else
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': 11 })
          .end('{"ok":true}');
    });
  });
}

test('a keep-alive API: POST, gzip, HEAD, 204, 304, 1xx, trailers, a body that the close ends', async () => {
  const server = api();
  const port = await listening(server);
  using _ = closing(server);
  await using app = await inspected(port);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const at = (path: string, options: Parameters<typeof request>[1] = {}, body?: string) =>
    ask(app.url + path, { agent, ...options }, body);
  expect((await at('/orders', { method: 'POST' }, '{"n":1}')).content.toString()).toBe('{"ok":true}');
  expect((await at('/orders', { method: 'HEAD' })).response.headers['content-type']).toBe('application/json');
  expect((await at('/gzip')).content.equals(zipped)).toBe(true);
  expect((await at('/none')).response.statusCode).toBe(204);
  expect((await at('/same', { headers: { 'if-none-match': '"1"' } })).response.statusCode).toBe(304);
  expect((await at('/early')).content.toString()).toBe('late');
  expect(
    (await at('/orders', { method: 'PUT', headers: { expect: '100-continue' } }, 'x')).content,
  ).toHaveLength(11);
  expect((await at('/trailers')).response.trailers).toEqual({ 'x-sum': '42' });
  expect((await at('/until-close')).content.toString()).toBe('until the connection ends');
  agent.destroy();
  const seen = await app.transparent();
  nothingUnparsed(seen);
  expect(seen.requests).toBe(9);
  expect(seen.exchanges.map(({ kind }) => kind).sort()).toEqual(
    [
      ...['GET /early 200', 'GET /gzip 200', 'GET /none 204', 'GET /same 304', 'GET /trailers 200'],
      ...['GET /until-close 200', 'HEAD /orders 200', 'POST /orders 200', 'PUT /orders 200'],
    ].sort(),
  );
  const compressed = seen.fields.find(({ name }) => name === 'compressed');
  expect(compressed).toMatchObject({ layer: 'payload', bytes: zipped.length });
  expect(seen.fields.some(({ name }) => name === 'trailer:x-sum')).toBe(true);
  expect(seen.exchanges.reduce((sum, { up, down }) => sum + up + down, 0)).toBe(seen.wire.socketBytes);
});

const megabytes = 50;

test('a download of 50 MB goes through, and little of it is held while the reader pauses', async () => {
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const server = createServer(async (_, response) => {
    response.writeHead(200, { 'content-length': megabytes * piece.length });
    for (let n = 0; n < megabytes; n++) if (!response.write(piece)) await once(response, 'drain');
    response.end();
  });
  const port = await listening(server);
  using _ = closing(server);
  await using app = await inspected(port);
  const [response] = (await once(get(`${app.url}/film.mp4`, { agent: false }), 'response')) as [
    IncomingMessage,
  ];
  // The listener pauses the response itself: on a busy machine a later pause would come after all the bytes.
  await new Promise<void>((paused) => {
    let read = 0;
    response.on('data', (bytes) => {
      const before = read;
      read += bytes.length;
      if (before > 5e6 || read <= 5e6) return;
      response.pause();
      paused();
    });
  });
  const seenBefore = await settled(() => app.inspector.look().wire.down);
  // Lines and buffers of the relay, of two witnesses and of their kernels: far from all of it.
  expect(seenBefore).toBeLessThan(0.8 * megabytes * piece.length);
  response.resume();
  await once(response, 'end');
  const seen = await app.transparent();
  nothingUnparsed(seen);
  expect(layerBytes(seen, 'payload')).toBe(megabytes * piece.length);
  expect(seen.messages).toEqual({ up: 0, down: 1 });
});

/** A figure that has stopped growing. */
async function settled(read: () => number): Promise<number> {
  for (let before = -1; ; ) {
    const now = read();
    if (now === before) return now;
    before = now;
    await pause(100);
  }
}

test('pipelined requests are answered in their order, and each has its exchange', async () => {
  const server = createServer((asked, response) => response.end(asked.url));
  const port = await listening(server);
  using _ = closing(server);
  await using app = await inspected(port);
  const socket = connect(app.port, '127.0.0.1');
  const paths = Array.from({ length: 20 }, (_, n) => `/item/${n}`);
  socket.end(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''));
  const heard: Buffer[] = [];
  socket.on('data', (bytes) => heard.push(bytes));
  await once(socket, 'end');
  const answers = Buffer.concat(heard).toString();
  expect(paths.every((path) => answers.includes(`\r\n\r\n${path}`))).toBe(true);
  const seen = await app.transparent();
  nothingUnparsed(seen);
  expect(seen.requests).toBe(20);
  expect(seen.exchanges.map(({ kind }) => kind)).toEqual(paths.map((path) => `GET ${path} 200`));
});

test('polling every so often, a connection each, mostly for nothing', async () => {
  let asked = 0;
  const server = createServer((_, response) => response.end(++asked % 7 === 0 ? '["news"]' : '[]'));
  const port = await listening(server);
  using _ = closing(server);
  await using app = await inspected(port);
  for (let n = 0; n < 14; n++) {
    await ask(`${app.url}/inbox?n=${n}`, { agent: false, headers: { cookie: 'c'.repeat(300) } });
  }
  const seen = await app.transparent();
  nothingUnparsed(seen);
  const kinds = seen.hints.map(({ kind }) => kind);
  expect(kinds).toEqual(['empty-polls', 'connection-per-request', 'cookies', 'headers']);
  expect(seen.hints[0]).toEqual({ kind: 'empty-polls', values: { made: 14, empty: 12 } });
});
