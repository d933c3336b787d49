#!/usr/bin/env bash
# Compression and Server-Sent Events: two middlewares hold every event, two compress none; flushed, an event is lighter
# than a WebSocket frame as it comes.
#
# A good guess: with compression turned on, an event stream is compressed, like everything else.
# What happens: compression (Express) and koa-compress take `text/event-stream` for compressible and let zlib collect: the
#   head arrives, the stream counts as open, no event comes. @fastify/compress and Hono's compress leave it as it is.
#   Told to flush after every write, the first two deliver at once, and an event costs what ws's permessage-deflate
#   takes for the same text plus 7 B (8 from 16 compressed bytes on): chunk head and end (5 or 6 B) and the empty block
#   of the flush (4 B), which RFC 7692 cuts off, less the frame's own 2; blank lines and `data:` cost up to one more.
#   That is a third of a WebSocket frame as it comes (a server of ws or Socket.IO does not compress unless it is told).
# Versions: compression 1.8.2, express 5.3.0, koa 3.3.0, koa-compress 5.2.2, fastify 5.12.8, @fastify/compress 9.2.0, hono
#   4.13.19, @hono/node-server 2.1.9, ws 8.23.0; Node 20.20.2, 22.23.3, 24.21.0 (zlib may move a byte).
# Why it matters: browsers and Node's fetch and EventSource ask for compression, curl and http.get do not, so the stream
#   that works in the terminal is silent in the page. And who compares bytes of SSE and WebSocket compares defaults.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund compression@1.8.2 express@5.3.0 koa@3.3.0 koa-compress@5.2.2 \
  fastify@5.12.8 @fastify/compress@9.2.0 hono@4.13.19 @hono/node-server@2.1.9 ws@8.23.0

cat > find.mjs <<'JS'
import { once } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { constants, createGunzip } from 'node:zlib';
import fastifyCompress from '@fastify/compress';
import { serve } from '@hono/node-server';
import compression from 'compression';
import express from 'express';
import Fastify from 'fastify';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { stream } from 'hono/streaming';
import Koa from 'koa';
import koaCompress from 'koa-compress';
import { WebSocketServer, WebSocket } from 'ws';

const flush = constants.Z_SYNC_FLUSH;
const head = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' };
const names = ['kim', 'lee', 'park'];
const said = (i) => JSON.stringify({ room: 'general', user: names[i % 3], text: `message number ${i}`, at: 1764432000000 + i * 137 });
const same = () => said(0);
const count = 60;
const gapMs = 15;

// Events one by one, then silence: what has not arrived by then is held.
let silent = false;
const events = (text) => (async function* () {
  silent = false;
  for (let i = 0; i < count; i++) {
    yield `data: ${text(i)}\n\n`;
    await sleep(gapMs);
  }
  silent = true;
  await sleep(5000);
})();

const onExpress = (options) => async (text) => {
  const app = express().use(compression(options));
  app.get('/', async (_request, response) => {
    response.writeHead(200, head);
    for await (const event of events(text)) response.write(event);
  });
  return app.listen(0, '127.0.0.1');
};
const onKoa = (options) => async (text) => {
  const app = new Koa({ silent: true }).use(koaCompress(options)).use((context) => {
    context.set(head);
    context.body = Readable.from(events(text), { objectMode: false });
  });
  app.on('error', () => {}); // the reader leaves in the middle
  return app.listen(0, '127.0.0.1');
};
const servers = {
  'compression (Express)': [onExpress({}), 'held'],
  'koa-compress': [onKoa({}), 'held'],
  '@fastify/compress': [async (text) => {
    const app = await Fastify().register(fastifyCompress);
    app.get('/', (_request, reply) => reply.headers(head).send(Readable.from(events(text))));
    await app.listen({ port: 0, host: '127.0.0.1' });
    return app.server;
  }, 'as it is'],
  'hono/compress': [async (text) => {
    const app = new Hono().use(compress());
    app.get('/', (context) => {
      for (const [name, value] of Object.entries(head)) context.header(name, value);
      return stream(context, async (out) => { for await (const event of events(text)) await out.write(event); });
    });
    return serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  }, 'as it is'],
  'compression, flush': [onExpress({ flush }), 'compressed'],
  'koa-compress, flush': [onKoa({ gzip: { flush } }), 'compressed'],
};

// What an asking reader has after the last event was written: events in full, bytes of the second half of them.
async function read([make, wanted], text) {
  const server = await make(text);
  if (!server.listening) await once(server, 'listening');
  const request = http.get({ port: server.address().port, host: '127.0.0.1', headers: { 'accept-encoding': 'gzip' } });
  const [answer] = await once(request, 'response');
  const compressed = answer.headers['content-encoding'] === 'gzip';
  const clear = compressed ? answer.pipe(createGunzip()) : answer;
  let seen = '';
  const arrivals = () => seen.split('\n\n').length - 1;
  const marks = [];
  const { socket } = answer;
  clear.on('error', () => {}).on('data', (chunk) => {
    seen += chunk;
    marks.push({ events: arrivals(), bytes: socket.bytesRead });
  });
  while (!silent) await sleep(50);
  for (let i = 0; i < (wanted === 'held' ? 10 : 40) && arrivals() < count; i++) await sleep(50);
  request.on('error', () => {}).destroy();
  server.closeAllConnections();
  server.close();
  const arrived = arrivals();
  const state = arrived === 0 ? 'held' : compressed ? 'compressed' : 'as it is';
  const held = state === wanted && arrived === (wanted === 'held' ? 0 : count);
  const half = marks.find(({ events }) => events >= count / 2);
  const last = marks.at(-1);
  return { arrived, state, held, bytes: half && (last.bytes - half.bytes) / (last.events - half.events) };
}

async function frames(text, perMessageDeflate) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  await once(server, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${server.address().port}`);
  const [far] = await once(server, 'connection');
  await once(client, 'open');
  let half = 0;
  for (let i = 0; i < count; i++) {
    if (i === count / 2) half = far._socket.bytesWritten;
    await new Promise((sent) => far.send(text(i), sent));
  }
  const bytes = (far._socket.bytesWritten - half) / (count / 2);
  client.terminate();
  server.close();
  return bytes;
}

console.log(`Node ${process.version}: ${count} events of some ${said(0).length} B to a reader that accepts gzip\n`);
const flushed = {};
for (const [name, server] of Object.entries(servers)) {
  const { arrived, state, held, bytes } = await read(server, said);
  const weight = arrived ? `, ${bytes.toFixed(1)} B each` : '';
  console.log(`${held ? 'as found' : 'CHANGED '}  ${name.padEnd(24)} ${String(arrived).padStart(3)} arrived, ${state}${weight}`);
  if (!held) process.exitCode = 1;
  flushed[name] = bytes;
}
const plain = await frames(said, false);
const deflated = await frames(said, { threshold: 0 });
const sameStream = (await read(servers['compression, flush'], same)).bytes;
const sameFrames = await frames(same, { threshold: 0 });
console.log(`\nws, as it comes ${plain.toFixed(1)} B, permessage-deflate ${deflated.toFixed(1)} B; for one text repeated: event ${sameStream.toFixed(1)} B, frame ${sameFrames.toFixed(1)} B`);
const differs = flushed['compression, flush'] - deflated;
const laws = [
  [`a flushed event is ${differs.toFixed(1)} B heavier than the deflated frame (8 to 9)`, Math.abs(differs - 8.5) <= 1],
  [`for a repeated text ${(sameStream - sameFrames).toFixed(1)} B (7)`, Math.abs(sameStream - sameFrames - 7) <= 0.5],
  ['and less than half of the frame as it comes', flushed['compression, flush'] < plain / 2],
];
for (const [sentence, held] of laws) {
  console.log(`${held ? 'as found' : 'CHANGED '}  ${sentence}`);
  if (!held) process.exitCode = 1;
}
process.exit();
JS
timeout 180 node find.mjs
