#!/usr/bin/env bash
# SSE helpers of frameworks: whether the handler stops when its reader has left, and whether it waits for a slow one.
#
# A good guess: `while (true) { await stream.push(…); await sleep(…) }` ends when the page is closed, since the push
#   fails; and `await` means that a slow reader slows the handler down.
# What happens: the two have nothing to do with each other, and of seven ways one does both.
#   - The push to a reader who has left fails in @fastify/sse and better-sse. In Hono, h3 and Node's own response.write
#     it succeeds for ever, and fastify-sse-v2 goes on drawing from its generator instead of returning it: each page
#     that was ever open leaves a loop behind.
#   - A reader who does not read is waited for by Hono, h3, @fastify/sse and fastify-sse-v2, once both kernels' buffers
#     are full. better-sse, `session.iterate` included, and response.write take everything into memory.
# Versions: hono 4.13.19 with @hono/node-server 2.1.9, h3 2.0.8, better-sse 0.16.1, @fastify/sse 0.6.0, fastify-sse-v2
#   4.2.2, fastify 5.12.8; Node 20.20.2, 22.23.3, 24.21.0.
# Why it matters: database cursors and timers behind streams that nobody reads, and a phone in a tunnel whose events
#   pile up in the server. Which of the two one has to write oneself (`stream.onAbort`, the `close` event; or a bound)
#   depends on the helper.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund hono@4.13.19 @hono/node-server@2.1.9 h3@2.0.8 better-sse@0.16.1 \
  @fastify/sse@0.6.0 fastify-sse-v2@4.2.2 fastify@5.12.8

cat > find.mjs <<'JS'
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import fastifySse from '@fastify/sse';
import { serve } from '@hono/node-server';
import { createSession } from 'better-sse';
import Fastify from 'fastify';
import { FastifySSEPlugin } from 'fastify-sse-v2';
import { createEventStream, H3, serve as serveH3 } from 'h3';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';

// One handler for all: at most `most` events of `size` bytes, `gapMs` apart, as the load says.
let load;
async function* events() {
  for (; load.taken < load.most; load.taken++) {
    yield 'x'.repeat(load.size);
    await (load.gapMs ? sleep(load.gapMs) : turn());
  }
}
async function handle(push) {
  try {
    for await (const data of events()) await push(data);
  } catch {
    load.failed = true; // the push told the handler that nobody is there
  }
}

const local = { port: 0, host: '127.0.0.1' };
const onNode = async (listener) => {
  const server = http.createServer(listener);
  await once(server.listen(local), 'listening');
  return server;
};
const onFastify = async (plugin, options, handler) => {
  const app = Fastify();
  await app.register(plugin);
  app.get('/', options, handler);
  await app.listen(local);
  return app.server;
};
const helpers = {
  'response.write': {
    start: () => onNode((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      void handle(async (data) => response.write(`data: ${data}\n\n`));
    }),
    stops: false,
    waits: false,
  },
  'better-sse push': {
    start: () => onNode(async (request, response) => {
      const session = await createSession(request, response);
      await handle(async (data) => session.push(data));
    }),
    stops: true,
    waits: false,
  },
  'better-sse iterate': {
    start: () => onNode(async (request, response) => {
      const session = await createSession(request, response);
      await session.iterate(events()).catch(() => (load.failed = true));
    }),
    stops: true,
    waits: false,
  },
  '@fastify/sse': {
    start: () => onFastify(fastifySse, { sse: true }, async (_request, { sse }) => {
      sse.keepAlive();
      void handle((data) => sse.send({ data }));
    }),
    stops: true,
    waits: true,
  },
  'fastify-sse-v2': {
    start: () => onFastify(FastifySSEPlugin, {}, (_request, reply) => {
      reply.sse((async function* () { for await (const data of events()) yield { data }; })());
    }),
    stops: false,
    waits: true,
  },
  'hono streamSSE': {
    start: async () => {
      const app = new Hono();
      app.get('/', (context) => streamSSE(context, (stream) => handle((data) => stream.writeSSE({ data }))));
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
      if (!server.listening) await once(server, 'listening');
      return server;
    },
    stops: false,
    waits: true,
  },
  'h3 createEventStream': {
    start: async () => {
      const app = new H3();
      app.get('/', (event) => {
        const stream = createEventStream(event);
        void handle((data) => stream.push(data));
        return stream.send();
      });
      const server = serveH3(app, { port: 0, hostname: '127.0.0.1', silent: true });
      await server.ready();
      return server.node.server;
    },
    stops: false,
    waits: true,
  },
};

const ask = (server) => {
  const reader = net.connect(server.address().port, '127.0.0.1').on('error', () => {});
  reader.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n');
  return reader;
};

// The page is closed after some events; the handler may do 60 more.
async function leave(server) {
  load = { most: 1e9, size: 50, gapMs: 20, taken: 0, failed: false };
  const reader = ask(server).resume();
  while (load.taken < 10) await sleep(10);
  reader.destroy();
  await sleep(200);
  load.most = load.taken + 60;
  const mine = load;
  for (let i = 0; i < 300 && mine.taken < mine.most && !mine.failed; i++) await sleep(20);
  return mine.failed ? 'stops' : mine.taken >= mine.most ? 'goes on' : 'waits for ever';
}

// The page does not read 30 MB; counts what the handler got rid of until it stood still.
async function pause(server) {
  load = { most: 300, size: 100_000, gapMs: 0, taken: 0, failed: false };
  const mine = load;
  const reader = ask(server).pause();
  for (let last = -1; last !== mine.taken && mine.taken < mine.most; ) {
    last = mine.taken;
    await sleep(1500);
  }
  const { taken } = mine;
  reader.resume(); // let the handler end
  while (mine.taken < mine.most) await sleep(10);
  reader.destroy();
  return taken;
}

console.log(`Node ${process.version}\n`);
for (const [name, { start, stops, waits }] of Object.entries(helpers)) {
  const server = await start();
  const left = await leave(server);
  const taken = await pause(server);
  const held = left === (stops ? 'stops' : 'goes on') && (waits ? taken < 200 : taken === 300);
  const slow = taken < 300 ? 'waits for it' : 'waits for nobody';
  console.log(
    `${held ? 'as found' : 'CHANGED '}  ${name.padEnd(22)} reader left: ${left.padEnd(8)}  reader does not read: ${taken} of 300 events taken, ${slow}`,
  );
  if (!held) process.exitCode = 1;
}
process.exit();
JS
timeout 180 node --no-warnings find.mjs
