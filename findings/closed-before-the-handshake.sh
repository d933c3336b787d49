#!/usr/bin/env bash
# Socket.IO's client does not hear that its WebSocket was closed before the handshake of Engine.IO: it waits twenty seconds.
#
# A good guess: a server that accepts a WebSocket and closes it at once (it is starting, it has no room, a proxy has nobody behind it)
#   is a failed attempt like a refused one: `connect_error` at once, then the back-off of 1, 2, 4, 5 s.
# What happens: while the first packet (the `open` of Engine.IO) is awaited, only an error counts as a failure, not a close. The
#   manager learns nothing and gives the attempt up after its own `timeout` (20 s), as an error "timeout", and only then begins to
#   wait. By polling the same server is a failed attempt at once, and so is a closed port. The same happens after a close frame
#   with a code and a reason, which are lost.
# Versions: socket.io-client 4.8.4, engine.io-client 6.6.8, ws 8.23.0, Node 20.20.2.
# Why it matters: with `transports: ['websocket']` an outage of one second behind such a server becomes more than twenty for
#   every client that tried during it, and `connect_error` says "timeout" to people who then look for a slow network. A server that
#   cannot serve should refuse the upgrade (503); a client can lower `timeout`.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund socket.io-client@4.8.4 engine.io-client@6.6.8 ws@8.23.0

cat > find.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { io } from 'socket.io-client';
import { WebSocketServer } from 'ws';

const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
const names = ['socket.io-client', 'engine.io-client', 'ws'];
console.log(names.map((name) => `${name} ${versionOf(name)}`).join(', '), `Node ${process.version}`);

const http = createServer((request) => request.socket.end());
const sockets = new WebSocketServer({ server: http });
/** How the server ends each WebSocket that it has accepted. */
let end = () => {};
sockets.on('connection', (socket) => {
  socket.on('error', () => {});
  end(socket);
});
await new Promise((listening) => http.listen(0, '127.0.0.1', listening));
const url = `http://127.0.0.1:${http.address().port}`;

/** Until the first attempt has failed, and why; the time-out of the manager is shortened so that nobody waits for 20 s. */
const timeout = 3000;
const firstFailure = (transport, at = url) =>
  new Promise((resolve) => {
    const began = performance.now();
    const socket = io(at, { transports: [transport], forceNew: true, timeout });
    socket.once('connect_error', ({ message }) => {
      socket.disconnect();
      resolve({ after: performance.now() - began, message });
    });
  });

const rows = [];
const look = async (what, isLate, transport, at) => {
  const { after, message } = await firstFailure(transport, at);
  const late = after >= timeout * 0.95;
  rows.push(late === isLate);
  console.log(`${late === isLate ? 'as found' : 'CHANGED '}  ${what}: ${Math.round(after)} ms, "${message}"`);
};
console.log(`usual time-out of the manager: ${io(url, { autoConnect: false, forceNew: true }).io.timeout()} ms; here ${timeout} ms`);
end = (socket) => socket.close(1013, 'try again later');
await look('WebSocket accepted, closed with 1013', true, 'websocket');
end = (socket) => socket.terminate();
await look('WebSocket accepted, connection ended', true, 'websocket');
await look('poll accepted, connection ended', false, 'polling');
http.removeAllListeners('upgrade');
http.on('upgrade', (_, socket) => socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n'));
await look('WebSocket answered with 503', false, 'websocket');
http.close();
http.closeAllConnections();
await look('port closed', false, 'websocket', 'http://127.0.0.1:9');
process.exit(rows.every(Boolean) ? 0 : 1);
JS
timeout 120 node find.mjs
