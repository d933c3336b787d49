#!/usr/bin/env bash
# Node's HTTP server: after close() it goes on serving a long poll for ever.
#
# A good guess: `server.close()` stops new connections, lets the requests in hand finish and closes connections that
#   are idle (since Node 19), so a server with one long-polling client ends when the held poll is answered.
# What happens: idle connections are closed once, at the call. A long poll's connection is busy then; when the poll is
#   answered, `Connection: keep-alive` invites the next one, which comes at once and is served. With one connection of
#   http.Agent (axios, got and others stand on it) nobody ever finds it idle again: close() never calls back. A client
#   that pauses between polls is let go only if the call meets a pause. `closeAllConnections()` ends polls and streams,
#   but no WebSocket, so close() still does not call back. What helps: `Connection: close` on every answer once closing.
# Versions: Node 20.20.2, 22.23.3, 24.21.0; ws 8.23.0 for the WebSocket.
# Why it matters: a rolling deployment. The old process goes on answering its long-polling clients with the old code
#   until it is killed, and the kill tears a request, while its log says that it was closed.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0

cat > find.mjs <<'JS'
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';

const holdMs = 50;
const enough = 40; // polls after close(); then we stop looking

async function open({ says = 'nothing' } = {}) {
  const state = { closing: false, closed: false, after: 0 };
  const server = http.createServer((request, response) => {
    if (request.url === '/stream') return response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
    if (state.closing) state.after++;
    setTimeout(() => {
      if (state.closing && says === 'close') response.setHeader('connection', 'close');
      response.end('news');
    }, holdMs);
  });
  new WebSocketServer({ server });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, state, port: server.address().port };
}

function longPoll(port, pauseMs) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const one = () =>
    new Promise((done, failed) => {
      const request = http.get({ port, host: '127.0.0.1', agent }, (answer) => answer.resume().on('end', done));
      request.on('error', failed);
    });
  return (async () => {
    try {
      for (let i = 0; i < 1000; i++) {
        await one();
        if (pauseMs) await sleep(pauseMs);
      }
    } catch {} // refused: the server is gone, as it should be
    agent.destroy();
  })();
}

// Waits until close() has called back, or enough polls were served, or three seconds are over.
async function close({ server, state }, also = () => {}) {
  state.closing = true;
  server.close(() => (state.closed = true));
  also();
  for (let i = 0; i < 300 && !state.closed && state.after < enough; i++) await sleep(10);
  return { ...state };
}

const cases = {
  'a long poll, asked again at once': async () => {
    const opened = await open();
    const loop = longPoll(opened.port, 0);
    await sleep(10 * holdMs);
    const found = await close(opened);
    opened.server.closeAllConnections();
    await loop;
    return [found, !found.closed && found.after >= enough];
  },
  'the same, the answer says Connection: close': async () => {
    const opened = await open({ says: 'close' });
    const loop = longPoll(opened.port, 0);
    await sleep(10 * holdMs);
    const found = await close(opened);
    await loop;
    return [found, found.closed && found.after <= 1];
  },
  'an event stream, closeAllConnections()': async () => {
    const opened = await open();
    http.get({ port: opened.port, host: '127.0.0.1', path: '/stream' }).on('response', (answer) => answer.resume().on('error', () => {}));
    await sleep(200);
    const found = await close(opened, () => opened.server.closeAllConnections());
    return [found, found.closed];
  },
  'a WebSocket, closeAllConnections()': async () => {
    const opened = await open();
    const socket = new WebSocket(`ws://127.0.0.1:${opened.port}`);
    await once(socket, 'open');
    const found = await close(opened, () => opened.server.closeAllConnections());
    const still = socket.readyState === WebSocket.OPEN;
    socket.terminate();
    return [found, !found.closed && still];
  },
};

console.log(`Node ${process.version}: after server.close()\n`);
for (const [name, look] of Object.entries(cases)) {
  const [{ closed, after }, held] = await look();
  console.log(`${held ? 'as found' : 'CHANGED '}  ${name}: ${after} polls served afterwards, close() ${closed ? 'called back' : 'has not called back'}`);
  if (!held) process.exitCode = 1;
}
process.exit();
JS
timeout 180 node find.mjs
