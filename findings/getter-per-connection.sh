#!/usr/bin/env bash
# A getter in the object that an application makes for each connection makes that object a dictionary: it takes more than twice the
# memory of one with a method of the same name, while a class with the same getter takes the least.
#
# A good guess: `{ send, close, get isOpen() { … } }` is the method `isOpen()` written more handsomely: one closure for each connection
#   either way, and objects of the same shape share their hidden class.
# What happens: V8 keeps an accessor in the hidden class, and the accessor of each such object is another closure. So the objects
#   cannot share one, and V8 gives each a hash table of its own (dictionary mode): 735 B for six properties and their closures instead of
#   305. With a method, with a field that is written when it changes, or with the getter on a prototype (a class: 248 B) they share it.
# Versions: Node 20.20.2 (V8 11.3), ws 8.23.0.
# Why it matters: servers and load generators for WebSocket keep such an object for each of ten thousand connections, and a client of
#   `ws` itself takes 2.6 kB: one getter adds a sixth to that, and every access to the object goes through a hash table.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { WebSocket, WebSocketServer } from 'ws';

const { version } = createRequire(import.meta.url)('ws/package.json');
console.log(`ws ${version}, Node ${process.version}, V8 ${process.versions.v8}`);

const connections = 400;
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
await once(server, 'listening');
const sockets = [];
for (let index = 0; index < connections; index++) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}`, { perMessageDeflate: false });
  await once(socket, 'open');
  sockets.push(socket);
}

class Connection {
  constructor(socket, index) {
    this.name = `c${index}`;
    this.phase = 'setup';
    this.socket = socket;
    this.send = (text) => socket.send(text);
    this.close = () => socket.close();
  }
  get isOpen() {
    return this.socket.readyState === WebSocket.OPEN;
  }
}

const ways = {
  'a method': (socket, index) => ({
    name: `c${index}`,
    phase: 'setup',
    send: (text) => socket.send(text),
    close: () => socket.close(),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    socket,
  }),
  'a getter': (socket, index) => ({
    name: `c${index}`,
    phase: 'setup',
    send: (text) => socket.send(text),
    close: () => socket.close(),
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    socket,
  }),
  'a getter of a class': (socket, index) => new Connection(socket, index),
};

const rounds = 100;
/** Of one object, when nothing else is left that could be collected. */
function weigh(make) {
  // Compiled, and its hidden classes made, before it is weighed.
  for (let round = 0; round < 10; round++) sockets.map(make);
  for (let time = 0; time < 3; time++) gc();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: rounds }, () => sockets.map(make));
  for (let time = 0; time < 3; time++) gc();
  return (process.memoryUsage().heapUsed - before) / (connections * kept.length);
}
const weighed = {};
for (const [way, make] of Object.entries(ways)) {
  weighed[way] = weigh(make);
  console.log(`${way}: ${Math.round(weighed[way])} B for each connection`);
}
for (const socket of sockets) socket.terminate();
server.close();

const ratio = weighed['a getter'] / weighed['a method'];
const isAsFound = ratio > 1.8 && weighed['a getter of a class'] < weighed['a method'];
console.log(`a getter takes ${ratio.toFixed(1)} times what a method takes: ${isAsFound ? 'as found' : 'CHANGED'}`);
if (!isAsFound) process.exit(1);
JS
timeout 60 node --expose-gc find.mjs
