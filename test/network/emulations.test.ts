/**
 * Emulated boxes are what their models do: the same small probe through the box and through the real proxy, where that
 * is installed, sees the same. What is compared is an order, a size or a status; no time.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { namedBoxes, parseProxy } from '../../src/network/middleboxes.ts';
import { findProxy, lookForProxy } from '../../src/network/proxies/found-proxy.ts';
import { realProxyByName } from '../../src/network/proxies/index.ts';
import { startProxy } from '../../src/network/proxies/proxy-process.ts';
import { listening } from '../support/inspected.ts';
import { relayTo } from './sockets.ts';

const host = '127.0.0.1';
const eventBytes = 128;
const event = `data: ${'x'.repeat(eventBytes - 8)}\n\n`;
const burst = 40;

/**
 * What a client has of a stream so far: the server goes on as soon as what it said has come, or has not for so long.
 */
interface Seen {
  head: boolean;
  bytes: number;
}
const patienceMs = 1000;
const watching = new Map<string, Seen>();

async function until(isSo: () => boolean): Promise<boolean> {
  for (const end = performance.now() + patienceMs; !isSo() && performance.now() < end; ) await passed(5);
  return isSo();
}

const came = new Map<string, object>();

/** Says a head, a lone event, many, and the end; after each it looks what has come. */
async function stream(response: ServerResponse, name: string, isPlain: boolean) {
  if (isPlain) {
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
  }
  const seen = watching.get(name)!;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  const head = await until(() => seen.head);
  const saidMs = performance.now();
  response.write(event);
  const lone = await until(() => seen.bytes > 0);
  // Either held by the kernel's cork of 200 ms, or passed on at once.
  const isLate = performance.now() - saidMs > 150;
  for (let said = 0; said < burst; said++) response.write(event);
  await until(() => seen.bytes >= (burst + 1) * eventBytes);
  came.set(name, { head, lone, bytes: seen.bytes, isLate });
  response.end(event);
}

const web = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://web');
  if (pathname === '/stream')
    return void stream(response, searchParams.get('name') ?? '', searchParams.has('plain'));
  if (request.url === '/hold') return;
  if (request.url === '/quiet') return void response.writeHead(200).write(event);
  if (request.url === '/ws') return void response.writeHead(426).end();
  response.end('hello');
});
web.on('upgrade', (_, socket) => {
  socket.on('error', () => {});
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
});
let port = 0;
beforeAll(async () => {
  port = await listening(web);
});
afterAll(() => {
  web.closeAllConnections();
  web.close();
});

let names = 0;

/** What had arrived before the next write; `isLate` counts only for a cork, because a busy machine is late too. */
async function seenOfStream(query: string, front: number, asksForCork: boolean) {
  const name = `stream${++names}`;
  const seen = { head: false, bytes: 0 };
  watching.set(name, seen);
  const path = `/stream?name=${name}${query}`;
  const [response] = (await once(get({ host, port: front, path, agent: false }), 'response')) as [
    IncomingMessage,
  ];
  seen.head = true;
  for await (const piece of response as AsyncIterable<Buffer>) seen.bytes += piece.length;
  expect(seen.bytes).toBe((burst + 2) * eventBytes);
  const { isLate, ...found } = came.get(name) as { isLate: boolean };
  return asksForCork ? { ...found, isLate } : found;
}

const asking = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const upgrading = asking('/ws', 'Connection: Upgrade\r\nUpgrade: x\r\n');

/** The last status that came, and whether the other side has ended; `none` is no answer. */
async function seenOfText(front: number, text: string, patienceMs: number) {
  const socket = connect({ host, port: front });
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (piece) => {
    answer += piece.toString('latin1');
  });
  socket.write(text);
  const ended = new Promise<string>((resolve) => socket.once('end', () => resolve('ended')));
  const how = await Promise.race([ended, passed(patienceMs, 'open')]);
  socket.destroy();
  const statuses = [...answer.matchAll(/^HTTP\/1\.\d (\d{3})/gm)].map(([, status]) => status);
  return { status: statuses.at(-1) ?? 'none', how };
}

const seenOfUpgrade = async (front: number) => (await seenOfText(front, upgrading, 400)).status;

async function throughBox<Seen>(boxes: string, probe: (front: number) => Promise<Seen>): Promise<Seen> {
  await using relay = await relayTo({ port }, 'loopback', { middleboxes: parseProxy(boxes) });
  return await probe(relay.port);
}

async function throughModel<Seen>(
  model: string,
  probe: (front: number) => Promise<Seen>,
  own?: string,
): Promise<Seen> {
  const [name = '', flavour = 'stock'] = model.split(':');
  const real = realProxyByName(name)!;
  const chosen = { name, flavour, own, kind: real.kind, ...findProxy(real) };
  await using proxy = await startProxy(chosen, host, { host, port });
  return await probe(proxy.endpoint.port);
}

/** What this machine lacks is skipped, and says so. */
function modelled(name: string, boxes: string, model: string, run: () => Promise<void>) {
  const isThere = lookForProxy(realProxyByName(model.split(':')[0]!)!) !== undefined;
  const word = isThere ? '' : ' (not installed here)';
  // A machine that stands still for longer than a pause blurs an order; it does not do so three times.
  test.skipIf(!isThere).concurrent(`${boxes} is what ${model} does: ${name}${word}`, { retry: 2 }, run);
}

for (const [boxes, model, query = ''] of [
  ['buffering', 'lighttpd:stock'],
  // nginx asks in HTTP/1.0, and its buffer holds the head too: only without chunks is the response the same for both.
  ['buffering=4k', 'nginx:stock', '&plain'],
  ['hold-head', 'nginx:websocket'],
  ['hold-head', 'httpxy:stock'],
  ['cork=200ms', 'haproxy:stock'],
] as const)
  modelled('an event stream', boxes, model, async () => {
    const seen = (front: number) => seenOfStream(query, front, boxes.startsWith('cork'));
    const [emulated, real] = await Promise.all([throughBox(boxes, seen), throughModel(model, seen)]);
    expect(emulated).toEqual(real);
    if (boxes.startsWith('cork')) expect(emulated).toMatchObject({ lone: true, isLate: true });
  });

for (const [boxes, model, status] of [
  ['strip-upgrade', 'nginx:stock', '426'],
  ['swallow-upgrade', 'httpxy:stock', 'none'],
] as const)
  modelled('an upgrade', boxes, model, async () => {
    expect(await throughModel(model, seenOfUpgrade)).toBe(status);
    expect(await throughBox(boxes, seenOfUpgrade)).toBe(status);
  });

const idleMs = 300;
const shortOfPatience = `\
defaults
  mode http
  timeout connect 5s
  timeout client ${idleMs}ms
  timeout server ${idleMs}ms
frontend clients
  bind \${LISTEN}
  default_backend application
backend application
  server application \${UPSTREAM}
`;
const silences = {
  nothing: ['', { status: '408', how: 'ended' }],
  'half a request': ['GET / HTTP/1.1\r\nHo', { status: '408', how: 'ended' }],
  'a held poll': [asking('/hold'), { status: '504', how: 'ended' }],
  'a quiet stream': [asking('/quiet'), { status: '200', how: 'ended' }],
  'what was answered': [asking('/'), { status: '200', how: 'ended' }],
  'what was upgraded': [upgrading, { status: '101', how: 'ended' }],
} as const;

modelled('who is told what', 'idle-timeout', 'haproxy:own', async () => {
  const all = (front: number) =>
    Promise.all(Object.values(silences).map(([text]) => seenOfText(front, text, 12 * idleMs)));
  const [emulated, real] = await Promise.all([
    throughBox(`idle-timeout=${idleMs}ms`, all),
    throughModel('haproxy:own', all, shortOfPatience),
  ]);
  expect(emulated).toEqual(Object.values(silences).map(([, seen]) => seen));
  expect(real).toEqual(emulated);
});

test('the versions in the help of each box are those of the kept run', () => {
  const kept = JSON.parse(readFileSync('docs/proxies.json', 'utf8')) as {
    proxies: { name: string; version: string }[];
  };
  const versions = new Map(kept.proxies.map(({ name, version }) => [name, version]));
  const named = Object.values(namedBoxes).flatMap(({ meaning }) =>
    [...meaning.en.matchAll(/\b(nginx|lighttpd|haproxy|httpxy|http-proxy-3) (\d[\d.]*\d)/g)].map(
      ([, name = '', version]) => ({ name, version }),
    ),
  );
  expect(named.length).toBeGreaterThan(5);
  for (const { name, version } of named) expect([name, version]).toEqual([name, versions.get(name)]);
});
