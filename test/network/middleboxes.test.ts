import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { virtualClock } from '../../src/base/clock.ts';
import { bufferBytes, segmentBytes } from '../../src/network/buffering.ts';
import { type Middleboxes, openMiddleboxes, parseProxy } from '../../src/network/middleboxes.ts';
import { dial, pause, relayTo } from './sockets.ts';

/** A row of boxes between two notebooks. */
function lab(middleboxes: Middleboxes) {
  const clock = virtualClock();
  const seen = { up: '', down: '', ended: [] as string[] };
  const box = openMiddleboxes(
    middleboxes,
    clock,
  )({
    up: {
      push: (bytes) => {
        seen.up += Buffer.from(bytes).toString('latin1');
      },
      end: () => seen.ended.push('up'),
    },
    down: {
      push: (bytes) => {
        seen.down += Buffer.from(bytes).toString('latin1');
      },
      end: () => seen.ended.push('down'),
    },
    close: () => seen.ended.push('closed'),
  });
  return { box, clock, seen };
}

/** An HTTP and WebSocket server with an event stream that ends when told to. */
async function serveWeb() {
  let endStream = () => {};
  const server = createServer((request, response) => {
    if (request.url !== '/events') return response.end(`you asked for ${request.url}`);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: one\n\n');
    endStream = () => response.end('data: two\n\n');
    return;
  });
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => socket.send(data)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    endStream: () => endStream(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function fetchText(port: number, path: string) {
  const [response] = await once(get({ port, host: '127.0.0.1', path, agent: false }), 'response');
  let body = '';
  for await (const piece of response) body += piece;
  return { status: response.statusCode, body };
}

const upgrade = 'GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nupgrade: websocket\r\n\r\n';
const post = 'POST /m HTTP/1.1\r\nHost: a\r\nContent-Length: 24\r\n\r\nUpgrade: no\r\n\r\nGET / HTT';
const chunked =
  'POST /m HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n16\r\nUpgrade: websocket\r\n\r\n\r\n0\r\n\r\n';

const refusal = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

test('refuse upgrade: a real WebSocket client is refused with 403, a plain GET passes', async () => {
  await using web = await serveWeb();
  await using relay = await relayTo(web, 'loopback', { middleboxes: { refuseUpgrade: true } });
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/`);
  const [error] = await once(socket, 'error');
  expect(error.message).toBe('Unexpected server response: 403');
  expect(await fetchText(relay.port, '/page')).toEqual({ status: 200, body: 'you asked for /page' });
});

test('refuse upgrade: the head is recognised wherever it is cut, and never reaches the server', () => {
  const before = post + chunked;
  const bytes = Buffer.from(before + upgrade);
  for (let cut = 0; cut <= bytes.length; cut++) {
    const { box, seen } = lab({ refuseUpgrade: true });
    box.up.push(bytes.subarray(0, cut));
    box.up.push(bytes.subarray(cut));
    box.up.push(Buffer.from('more'));
    box.down.push(Buffer.from('too late'));
    expect(seen).toEqual({ up: before, down: refusal, ended: ['closed'] });
  }
});

test('refuse upgrade: a request that asks for one takes the next one in the same bytes with it', () => {
  const { box, seen } = lab({ refuseUpgrade: true });
  box.up.push(Buffer.from(`${upgrade}GET /next HTTP/1.1\r\nHost: a\r\n\r\n`));
  expect(seen).toEqual({ up: '', down: refusal, ended: ['closed'] });
});

test('refuse upgrade: byte by byte, everything but a head passes as it comes', () => {
  const { box, seen } = lab({ refuseUpgrade: true });
  for (const byte of Buffer.from(post)) box.up.push(Buffer.of(byte));
  expect(seen.up).toBe(post);
  const torn = 'GET / HTTP/1.1\r\nUpgr';
  for (const byte of Buffer.from(torn)) box.up.push(Buffer.of(byte));
  expect(seen.up).toBe(post);
  box.down.push(Buffer.from('answer'));
  box.up.end();
  expect(seen).toEqual({ up: post + torn, down: 'answer', ended: ['up'] });
});

test('refuse upgrade: what does not speak HTTP passes at once', () => {
  const { box, seen } = lab({ refuseUpgrade: true });
  box.up.push(Buffer.of(0, 1, 2));
  box.up.push(Buffer.from(upgrade));
  expect(seen.up).toBe(`\0\x01\x02${upgrade}`);
});

test('refuse upgrade: what follows a CONNECT is another protocol, and keeps its order', () => {
  const { box, seen } = lab({ refuseUpgrade: true });
  const tunnel = `CONNECT a:1 HTTP/1.1\r\n\r\n${upgrade}\x16\x03`;
  box.up.push(Buffer.from(tunnel));
  box.up.push(Buffer.of(1, 2));
  expect(seen).toEqual({ up: `${tunnel}\x01\x02`, down: '', ended: [] });
});

test('buffering: an event stream shows nothing until it ends', async () => {
  await using web = await serveWeb();
  await using relay = await relayTo(web, 'loopback', { middleboxes: { buffering: true } });
  const client = dial(relay);
  client.socket.write('GET /events HTTP/1.1\r\nHost: a\r\n\r\n');
  for (let polls = 0; relay.stats().down.in === 0 && polls < 1000; polls++) await pause(5);
  await pause(30);
  expect(relay.stats().down.in).toBeGreaterThan(0);
  expect(client.received().length).toBe(0);
  web.endStream();
  await client.until(100);
  expect(client.received().toString()).toMatch(/data: one\n\n.*data: two\n\n\r\n0\r\n\r\n$/s);
  client.socket.destroy();
});

test('buffering: each response passes whole, with its last byte', () => {
  const { box, seen } = lab({ buffering: true });
  const responses = [
    'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n',
  ];
  let before = '';
  for (const response of responses) {
    box.up.push(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    for (const byte of Buffer.from(response.slice(0, -1))) box.down.push(Buffer.of(byte));
    expect(seen.down).toBe(before);
    box.down.push(Buffer.from(response.slice(-1)));
    before += response;
    expect(seen.down).toBe(before);
  }
});

test('buffering: a response without a length passes when the connection ends', () => {
  const { box, seen } = lab({ buffering: true });
  box.up.push(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  box.down.push(Buffer.from('HTTP/1.1 200 OK\r\n\r\nuntil the end'));
  expect(seen.down).toBe('');
  box.down.end();
  expect(seen).toMatchObject({ down: 'HTTP/1.1 200 OK\r\n\r\nuntil the end', ended: ['down'] });
});

test('buffering: a full buffer passes', () => {
  const { box, seen } = lab({ buffering: true });
  box.up.push(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  box.down.push(Buffer.from('HTTP/1.1 200 OK\r\n\r\n'));
  for (let i = 0; i < 1024; i++) box.down.push(Buffer.alloc(bufferBytes / 1024));
  expect(seen.down.length).toBeGreaterThanOrEqual(bufferBytes);
});

test('buffering: a WebSocket and a foreign protocol pass as they come', async () => {
  await using web = await serveWeb();
  await using relay = await relayTo(web, 'loopback', { middleboxes: { buffering: true } });
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/`);
  await once(socket, 'open');
  socket.send('hi');
  const [data] = await once(socket, 'message');
  expect(String(data)).toBe('hi');
  socket.terminate();
  const { box, seen } = lab({ buffering: true });
  box.down.push(Buffer.of(1));
  box.up.push(Buffer.of(2));
  expect(seen).toMatchObject({ up: '\x02', down: '\x01' });
});

test('idle timeout: closes exactly so long after the last byte of either direction', async () => {
  const { box, clock, seen } = lab({ idleTimeoutMs: 1000 });
  await clock.advance(900e6);
  box.up.push(Buffer.from('a'));
  await clock.advance(1800e6);
  box.down.push(Buffer.from('b'));
  await clock.advance(2800e6 - 1);
  expect(seen.ended).toEqual([]);
  await clock.advance(2800e6);
  box.down.push(Buffer.from('c'));
  box.up.end();
  expect(seen).toEqual({ up: 'a', down: 'b', ended: ['closed'] });
});

test('idle timeout: a real connection ends in order on both sides', async () => {
  await using web = await serveWeb();
  await using relay = await relayTo(web, 'loopback', { middleboxes: { idleTimeoutMs: 60 } });
  const socket = new WebSocket(`ws://127.0.0.1:${relay.port}/`);
  await once(socket, 'open');
  expect((await once(socket, 'close'))[0]).toBe(1006);
  for (let polls = 0; relay.stats().open > 0 && polls < 1000; polls++) await pause(5);
  expect(relay.stats().open).toBe(0);
});

test('boxes stand in a row', () => {
  const { box, seen } = lab({ refuseUpgrade: true, buffering: true, idleTimeoutMs: 1000 });
  box.up.push(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
  box.down.push(Buffer.from('HTTP/1.1 204 No Content\r\n'));
  expect(seen).toMatchObject({ up: 'GET / HTTP/1.1\r\n\r\n', down: '' });
  box.down.push(Buffer.from('\r\n'));
  box.up.push(Buffer.from(upgrade));
  expect(seen).toMatchObject({ down: `HTTP/1.1 204 No Content\r\n\r\n${refusal}`, ended: ['closed'] });
  box.dispose();
});

/** As it is, byte by byte, and everything at once. */
const cuts = (text: string) => [[text], [...text]];

test('strip upgrade: requests pass without what asks for one, however they are cut; all other bytes are untouched', () => {
  const stripped = upgrade.replace(/Connection: .*\r\n/, '').replace(/upgrade: .*\r\n/, '');
  expect(stripped).toBe('GET /ws HTTP/1.1\r\nHost: a\r\n\r\n');
  const kept = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n';
  for (const pieces of cuts(kept + upgrade + chunked + upgrade + post)) {
    const { box, seen } = lab({ stripUpgrade: true });
    for (const piece of pieces) box.up.push(Buffer.from(piece, 'latin1'));
    box.up.end();
    expect(seen.up).toBe(kept + stripped + chunked + stripped + post);
    expect(seen.ended).toEqual(['up']);
  }
});

test('swallow upgrade: nobody answers, nothing passes, and the connection stays', () => {
  const { box, seen } = lab({ swallowUpgrade: true });
  box.up.push(Buffer.from(chunked + upgrade + post));
  expect(seen).toEqual({ up: chunked, down: '', ended: [] });
});

test('strip upgrade: a server that asks for a WebSocket says 426, as behind a real proxy', async () => {
  const server = createServer();
  new WebSocketServer({ server });
  server.on('request', (request, response) =>
    response.writeHead(request.headers.upgrade === undefined ? 426 : 500).end(),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using relay = await relayTo({ port }, 'loopback', { middleboxes: { stripUpgrade: true } });
  const [error] = await once(new WebSocket(`ws://127.0.0.1:${relay.port}/`), 'error');
  expect(error.message).toBe('Unexpected server response: 426');
  server.closeAllConnections();
  server.close();
});

test('--proxy names boxes, alone or in a row, and refuses what is none', () => {
  expect(parseProxy('none')).toEqual({});
  expect(parseProxy('no-upgrade, buffering')).toEqual({ stripUpgrade: true, buffering: true });
  expect(parseProxy('refuse-upgrade,buffering=4k')).toEqual({ refuseUpgrade: true, buffering: 4096 });
  expect(parseProxy('hold-head,cork=200ms')).toEqual({ holdHead: true, corkMs: 200 });
  expect(parseProxy('idle-timeout=30s')).toEqual({ idleTimeoutMs: 30_000 });
  expect(parseProxy('idle-timeout=250ms')).toEqual({ idleTimeoutMs: 250 });
  for (const wrong of [
    '',
    'nginx',
    'no-upgrade=1',
    'buffering=0',
    'buffering=4m',
    'cork',
    'cork=200',
    'hold-head=1',
    'idle-timeout',
    'idle-timeout=0s',
    'idle-timeout=30',
    'toString',
  ])
    expect(() => parseProxy(wrong), wrong).toThrow(/^--proxy .*write none, strip-upgrade/);
});

const streamed = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const chunkOf = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
const request = 'GET / HTTP/1.1\r\n\r\n';

test('buffering in pieces: content passes when so much is together, chunk sizes apart, however it is cut', () => {
  const content = 'abcdefghij'.repeat(10);
  const said = streamed + [...content.matchAll(/.{7}|.+$/g)].map(([piece]) => chunkOf(piece)).join('');
  for (const pieces of cuts(said)) {
    // The head is in the first piece, and no second one is full.
    const { box, seen } = lab({ buffering: streamed.length + 60 });
    box.up.push(Buffer.from(request));
    for (const piece of pieces) box.down.push(Buffer.from(piece));
    const passed = seen.down.slice(streamed.length).replace(/(^|\r\n)[0-9a-f]+\r\n/g, '');
    expect(passed).toBe(content.slice(0, 60));
    box.down.push(Buffer.from('0\r\n\r\n'));
    expect(seen.down).toBe(`${said}0\r\n\r\n`);
  }
});

test('hold head: it waits for the first byte of content, or for the end; of the next response, too', () => {
  const { box, seen } = lab({ holdHead: true });
  box.up.push(Buffer.from(request));
  box.down.push(Buffer.from(streamed));
  box.down.push(Buffer.from('3\r\n'));
  expect(seen.down).toBe('');
  box.down.push(Buffer.from('a'));
  expect(seen.down).toBe(`${streamed}3\r\na`);
  box.down.push(Buffer.from('bc\r\n0\r\n\r\n'));
  const before = `${streamed}3\r\nabc\r\n0\r\n\r\n`;
  expect(seen.down).toBe(before);
  box.up.push(Buffer.from(request));
  box.down.push(Buffer.from('HTTP/1.1 204 No Content\r\n'));
  expect(seen.down).toBe(before);
  box.down.push(Buffer.from('\r\n'));
  expect(seen.down).toBe(`${before}HTTP/1.1 204 No Content\r\n\r\n`);
});

test('cork: what is not the end of a response waits, and what comes meanwhile goes with it', async () => {
  const { box, clock, seen } = lab({ corkMs: 200 });
  box.up.push(Buffer.from(request));
  box.down.push(Buffer.from(streamed));
  await clock.advance(100e6);
  box.down.push(Buffer.from(chunkOf('one')));
  await clock.advance(200e6 - 1);
  expect(seen.down).toBe('');
  await clock.advance(200e6);
  expect(seen.down).toBe(streamed + chunkOf('one'));
  // A full packet does not wait; the bytes beyond it do.
  box.down.push(Buffer.from(chunkOf('x'.repeat(2 * segmentBytes))));
  expect(seen.down.length).toBe(streamed.length + chunkOf('one').length + 2 * segmentBytes);
  box.down.push(Buffer.from('0\r\n\r\n'));
  expect(seen.down.endsWith('x\r\n0\r\n\r\n')).toBe(true);
  box.dispose();
});

test.each([
  ['nothing', [], [], '408'],
  ['half a head', ['GET / HT'], [], '408'],
  ['a request', [request], [], '504'],
  ['a stream', [request], [streamed], null],
  ['a connection between two requests', [request], ['HTTP/1.1 204 No Content\r\n\r\n'], null],
  ['a WebSocket', [upgrade], ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n'], null],
  ['what is no HTTP', ['\x16\x03\x01'], [], null],
] as const)('idle timeout: silent after %s, it is told so', async (_, up, down, status) => {
  const { box, clock, seen } = lab({ idleTimeoutMs: 1000 });
  for (const piece of up) box.up.push(Buffer.from(piece, 'latin1'));
  for (const piece of down) box.down.push(Buffer.from(piece));
  await clock.advance(1000e6);
  expect(seen.ended).toEqual(['closed']);
  const told = seen.down.slice(down.join('').length);
  expect(told.slice(0, 12)).toBe(status === null ? '' : `HTTP/1.1 ${status}`);
});

test('buffering in pieces: who says X-Accel-Buffering: no is not held; the next response is', () => {
  const { box, seen } = lab({ buffering: 4096 });
  const open = 'HTTP/1.1 200 OK\r\nX-Accel-Buffering: no\r\nTransfer-Encoding: chunked\r\n\r\n';
  const said = `${open}${chunkOf('a')}`;
  box.up.push(Buffer.from(request));
  box.down.push(Buffer.from(open));
  box.down.push(Buffer.from(chunkOf('a')));
  expect(seen.down).toBe(said);
  box.down.push(Buffer.from('0\r\n\r\n'));
  box.up.push(Buffer.from(request));
  box.down.push(Buffer.from(streamed));
  expect(seen.down).toBe(`${said}0\r\n\r\n`);
});
