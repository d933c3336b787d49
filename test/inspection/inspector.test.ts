/** What an inspector does with garbage, ciphertext, resets, refusals and its own errors. */
import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { expect, test } from 'vitest';
import { certificateFor } from '../../src/base/certificate.ts';
import { imbalances } from '../../src/inspection/imbalances.ts';
import { parseTarget, reach } from '../../src/inspection/inspected-origin.ts';
import type { anyConversation } from '../../src/protocols/detect.ts';
import { dial, eventually, serveEcho, serveTcp } from '../network/sockets.ts';
import { alone } from '../support/bytes.ts';
import { inspected, inspectorOf, layerBytes } from '../support/inspected.ts';

test('of garbage exactly so many bytes are unparsed, and the connection beside it is read', async () => {
  const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';
  await using server = await serveTcp((socket) => socket.on('data', () => socket.end(answer)));
  await using app = await inspected(server.port);
  const garbage = dial(app);
  garbage.socket.end('\u0000\u0001 no request of anybody\r\n\r\n');
  await garbage.ended;
  const fine = dial(app);
  fine.socket.end('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await fine.ended;
  const seen = await app.transparent();
  expect(layerBytes(seen, 'unparsed', 'up')).toBe(28);
  expect(layerBytes(seen, 'unparsed', 'down')).toBe(0);
  expect(seen.hints).toContainEqual({ kind: 'unparsed', values: { bytes: 28 } });
  expect(seen.perConnection.map(({ requests }) => requests)).toEqual([0, 1]);
});

test('TLS without its secrets is labelled, its records up to the first sealed one are read, and it goes through', async () => {
  const certificate = await certificateFor('ecdsa', '127.0.0.1');
  const server = createTlsServer(certificate, (socket) => socket.on('data', (bytes) => socket.end(bytes)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await using app = await inspected((server.address() as AddressInfo).port);
  const tls = connectTls({ host: '127.0.0.1', port: app.port, ca: certificate.cert });
  tls.write('hello');
  expect(String(await once(tls, 'data'))).toBe('hello');
  await once(tls, 'close');
  server.close();
  const seen = await app.transparent();
  expect(seen.perConnection[0]?.speaks).toEqual(['tls']);
  const sealed = layerBytes(seen, 'unparsed');
  expect(layerBytes(seen, 'tls') + sealed).toBe(seen.wire.socketBytes);
  expect(seen.hints).toEqual([{ kind: 'tls', values: { bytes: sealed } }]);
});

test('HTTP/2 is read, every byte of it, and goes through', async () => {
  await using server = await serveTcp((socket) => socket.on('data', () => socket.end()));
  await using app = await inspected(server.port);
  const session = connectHttp2(app.url);
  session.on('error', () => {});
  await once(session, 'close');
  const seen = await app.transparent();
  expect(seen.perConnection[0]?.speaks).toEqual(['http2']);
  expect(layerBytes(seen, 'http2')).toBe(seen.wire.socketBytes);
});

test('a half-closed connection still answers', async () => {
  await using server = await serveTcp((socket) => {
    socket.resume().on('end', () => socket.end('only now'));
  });
  await using app = await inspected(server.port);
  const client = dial(app);
  client.socket.end('all I have to say');
  expect(await client.ended).toBe('fin');
  expect(client.received().toString()).toBe('only now');
  await app.transparent();
});

test('a reset is passed on, in both directions', async () => {
  await using server = await serveTcp((socket) => socket.on('data', () => socket.resetAndDestroy()));
  const inspector = await inspectorOf(server.port);
  const client = dial(inspector);
  client.socket.write('x');
  expect(await client.ended).toBe('ECONNRESET');
  await using quiet = await serveTcp((socket) => socket.resume());
  const other = await inspectorOf(quiet.port);
  const leaving = dial(other);
  leaving.socket.write('x');
  // Sent separately from the byte: Node 20 and 22 read an end if data and a reset come together (findings/).
  await eventually(() => quiet.sockets[0]?.bytesRead === 1);
  const reset = once(quiet.sockets[0]!, 'error');
  leaving.socket.resetAndDestroy();
  expect(((await reset)[0] as NodeJS.ErrnoException).code).toBe('ECONNRESET');
  for (const one of [inspector, other]) expect(imbalances(await one.end())).toEqual([]);
});

test('an application that has gone refuses: the client sees its connection end, and a hint says how often', async () => {
  const server = await serveEcho();
  const inspector = await inspectorOf(server.port);
  await server[Symbol.asyncDispose]();
  const client = dial(inspector);
  expect(await client.ended).not.toBe('');
  await eventually(() => inspector.look().refused === 1);
  const seen = await inspector.end();
  expect(seen.hints).toEqual([{ kind: 'refused', values: { connections: 1 } }]);
  expect(seen.perConnection[0]).toMatchObject({ state: 'refused', speaks: [] });
});

test('books that do not balance name the connection and the difference', async () => {
  const forgetful: typeof anyConversation = alone((tell, message) => ({
    push: ({ length }) => tell({ message, layer: 'payload', name: 'body', length: length - 1, mark: 'unit' }),
    end() {},
  }));
  await using server = await serveEcho();
  const inspector = await inspectorOf(server.port, { dissect: forgetful });
  const client = dial(inspector);
  client.socket.end('hello');
  await client.ended;
  expect(imbalances(await inspector.end())).toEqual([
    'connection 1: 10 B were relayed, 10 B recorded, 8 B have an owner',
    'all connections: 10 B were relayed, 10 B recorded, 8 B have an owner',
  ]);
});

test('what goes on is looked at while it goes on, and chunks that went through have a delay', async () => {
  await using server = await serveEcho();
  const inspector = await inspectorOf(server.port);
  const client = dial(inspector);
  for (let n = 1; n <= 10; n++) {
    client.socket.write('ping');
    await client.until(4 * n);
  }
  const seen = inspector.look();
  expect(seen.perConnection).toMatchObject([{ id: 1, state: 'open', wire: { up: 40, down: 40 } }]);
  expect(seen.delay?.chunks).toBe(20);
  expect(seen.delay?.p50Ns).toBeGreaterThan(0);
  client.socket.destroy();
  expect((await inspector.end()).perConnection[0]?.state).toBe('closed');
});

test.each([
  ['localhost:3000', /write one such as http:\/\/127\.0\.0\.1:3000/],
  ['ftp://a', /no URL to inspect/],
  ['', /no URL to inspect/],
])('%s cannot be inspected', (text, why) => {
  expect(() => parseTarget(text)).toThrow(why);
});

test('a target over TLS has the port of HTTPS, unless it names another', () => {
  expect(parseTarget('https://localhost/')).toMatchObject({ port: 443, isSealed: true });
  expect(parseTarget('wss://localhost:8443/x')).toMatchObject({ port: 8443, isSealed: true, rest: '/x' });
});

test('a target keeps its path and loses its password; an IPv6 address loses its brackets', () => {
  expect(parseTarget('http://me:secret@[::1]:8080/chat?x=1')).toEqual({
    url: 'http://[::1]:8080/chat?x=1',
    host: '::1',
    port: 8080,
    isSealed: false,
    rest: '/chat?x=1',
  });
  expect(parseTarget('ws://localhost').port).toBe(80);
});

test('where nothing listens, that is said at once', async () => {
  const server = await serveEcho();
  const target = parseTarget(`http://127.0.0.1:${server.port}`);
  expect(await reach(target)).toBe('127.0.0.1');
  await server[Symbol.asyncDispose]();
  await expect(reach(target)).rejects.toThrow(/nothing listens on port \d+; start the application first/);
});
