/**
 * Applications over TLS, seen by the recording relay with the secrets of their connections: counts equal those in clear
 * text.
 */
import { once } from 'node:events';
import { connect as connectHttp2, constants, createSecureServer } from 'node:http2';
import { Agent, createServer, request } from 'node:https';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Server as TlsServer } from 'node:tls';
import { Server as SocketIoServer } from 'socket.io';
import { io } from 'socket.io-client';
import { afterAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { certificateFor } from '../../src/base/certificate.ts';
import { createKeyLog } from '../../src/protocols/tls/key-log.ts';
import { inspected, layerBytes, listening } from '../support/inspected.ts';

const certificate = await certificateFor('ecdsa', '127.0.0.1');
const { cert: ca } = certificate;

const servers: TlsServer[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** The application behind the relay, and the secrets as its server logs them: the same as its clients would. */
async function sealed(server: TlsServer, { isProfiled = false } = {}) {
  servers.push(server);
  const keyLog = createKeyLog('', true);
  server.on('keylog', (line: Buffer) => keyLog.add(line.toString('latin1')));
  const app = await inspected(await listening(server), { keyLog, isProfiled });
  return { app, url: app.url.replace('http:', 'https:') };
}

/** Until all of this has come. */
async function heard(stream: Readable, wanted: string): Promise<void> {
  let come = '';
  for await (const piece of stream.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    come += piece;
    if (come.startsWith(wanted)) return;
  }
  throw new Error(`nothing but ${come}`);
}

const kinds = ({
  exchanges,
}: {
  exchanges: readonly { kind: string; count: number; isUnfinished?: true | undefined }[];
}) =>
  exchanges.map(({ kind, count, isUnfinished }) => [kind, count, ...(isUnfinished ? ['unfinished'] : [])]);

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'HTTP/1.1 over %s: requests, an event stream, polls, posts',
  async (version) => {
    const server = createServer({ ...certificate, maxVersion: version }, (asked, response) => {
      if (asked.url === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end('data: one\n\ndata: two\n\n');
      } else if (asked.url === '/poll') response.end('[]');
      else response.writeHead(202).end('ok');
    });
    const { app, url } = await sealed(server);
    await using _ = app;
    const agent = new Agent({ ca, keepAlive: true, maxSockets: 1 });
    const ask = async (path: string, body?: string) => {
      const asking = request(url + path, { agent, method: body === undefined ? 'GET' : 'POST' }).end(body);
      const [response] = await once(asking, 'response');
      return text(response);
    };
    expect(await ask('/events')).toBe('data: one\n\ndata: two\n\n');
    for (let poll = 0; poll < 12; poll++) expect(await ask('/poll')).toBe('[]');
    expect(await ask('/say', 'hello')).toBe('ok');
    agent.destroy();
    const seen = await app.transparent();
    expect(seen.perConnection.map(({ speaks }) => speaks)).toEqual([['tls', 'http', 'sse']]);
    expect(kinds(seen)).toEqual([
      ['GET /events 200', 1],
      ['GET /poll 200', 12],
      ['POST /say 202', 1],
    ]);
    expect(seen.polls).toEqual({ made: 12, empty: 12 });
    // A 202 that says ok acknowledges the post.
    expect(seen.messages).toEqual({ up: 1, down: 2 + 12 });
    expect(layerBytes(seen, 'unparsed')).toBe(0);
    expect(layerBytes(seen, 'payload')).toBe(2 * 3 + 12 * 2 + 5 + 2);
  },
);

test('a WebSocket of ws over TLS: messages both ways, and its name', async () => {
  const server = createServer(certificate);
  const accepting = new WebSocketServer({ server, handleProtocols: () => 'graphql-transport-ws' });
  accepting.on('connection', (socket) =>
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
  );
  const { app, url } = await sealed(server);
  await using _ = app;
  const socket = new WebSocket(`${url.replace('https:', 'wss:')}/chat`, 'graphql-transport-ws', { ca });
  await once(socket, 'open');
  // The last one takes several records.
  for (const size of [1, 200, 40_000]) {
    socket.send('x'.repeat(size));
    await once(socket, 'message');
  }
  socket.close();
  await once(socket, 'close');
  const seen = await app.transparent();
  expect(seen.perConnection.map(({ speaks, libraries }) => [speaks, libraries])).toEqual([
    [['tls', 'websocket'], ['graphql-ws']],
  ]);
  expect(seen.messages).toEqual({ up: 3, down: 3 });
  expect(layerBytes(seen, 'unparsed')).toBe(0);
});

test('Socket.IO over https, from polling to a WebSocket', async () => {
  const server = createServer(certificate);
  const application = new SocketIoServer(server);
  application.on('connection', (socket) =>
    socket.on('say', (words: string, answer) => {
      socket.emit('said', words);
      answer('ok');
    }),
  );
  const { app, url } = await sealed(server);
  await using _ = app;
  const socket = io(url, { ca, forceNew: true, reconnection: false });
  await new Promise<void>((resolve) => socket.io.engine.once('upgrade', () => resolve()));
  for (let index = 0; index < 5; index++) {
    const said = new Promise((resolve) => socket.once('said', resolve));
    expect(await socket.emitWithAck('say', `number ${index}`)).toBe('ok');
    expect(await said).toBe(`number ${index}`);
  }
  socket.disconnect();
  application.close();
  const seen = await app.transparent();
  expect(seen.messages).toEqual({ up: 5, down: 10 });
  expect(seen.engineIo.upgrades).toBe(1);
  expect(seen.perConnection.every(({ speaks }) => speaks[0] === 'tls')).toBe(true);
  expect(layerBytes(seen, 'unparsed')).toBe(0);
});

test('HTTP/2 over TLS: streams that go on at once are told apart, and one that is cancelled is unfinished', async () => {
  const server = createSecureServer(certificate).on('stream', (stream, { ':path': path }) => {
    stream.on('error', () => {});
    if (path === '/poll') {
      stream.respond({ ':status': 200, 'content-type': 'application/json' });
      stream.end('[]');
      return;
    }
    stream.respond({ ':status': 200, 'content-type': 'text/event-stream' });
    let events = 0;
    // In pieces that end nowhere: each stream is in the middle of an event while the others go on.
    const timer = setInterval(() => {
      stream.write(events % 2 === 0 ? `data: ${path}` : '\n\n');
      if (++events === 5 && path === '/endless') clearInterval(timer);
      if (events === 10) stream.end();
    }, 5);
    stream.once('close', () => clearInterval(timer));
  });
  const { app, url } = await sealed(server, { isProfiled: true });
  await using _ = app;
  const session = connectHttp2(url, { ca });
  const get = (path: string) => session.request({ ':path': path }).end();
  const endless = get('/endless');
  const streams = ['/a', '/b', '/c'].map((path) => text(get(path)));
  for (let poll = 0; poll < 12; poll++) expect(await text(get('/poll'))).toBe('[]');
  expect(await Promise.all(streams)).toEqual(['/a', '/b', '/c'].map((path) => `data: ${path}\n\n`.repeat(5)));
  await heard(endless, 'data: /endless\n\n'.repeat(2).concat('data: /endless'));
  endless.close(constants.NGHTTP2_CANCEL);
  await once(endless, 'close');
  session.close();
  await once(session, 'close');
  const seen = await app.transparent();
  expect(seen.perConnection.map(({ speaks }) => speaks)).toEqual([['tls', 'http2', 'http', 'sse']]);
  expect(kinds(seen).sort()).toEqual([
    ...['/a', '/b', '/c'].map((path) => [`GET ${path} 200`, 1]),
    ['GET /endless 200', 1, 'unfinished'],
    ['GET /poll 200', 12],
  ]);
  expect(seen.polls).toEqual({ made: 12, empty: 12 });
  expect(layerBytes(seen, 'unparsed')).toBe(0);
  // Of the endless one half an event more.
  expect(seen.messages).toEqual({ up: 0, down: 12 + 3 * 5 + 2 });
  expect(seen.profile?.kinds.map(({ kind, count }) => [kind, count])).toEqual([
    ...['/a', '/b', '/c'].map((path) => [`GET ${path} 200`, 1]),
    ['GET /endless 200', 1],
    ['GET /poll 200', 12],
    ...['/a', '/b', '/c'].map((path) => [`event of GET ${path}`, 5]),
    ['event of GET /endless', 3],
  ]);
});
