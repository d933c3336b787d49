#!/usr/bin/env bash
# Socket.IO keeps a message that went through a room twice while a slow reader does not take it.
#
# A good guess: `socket.emit(…)`, `io.to(socket.id).emit(…)` and `io.emit(…)` put the same packet on the wire, so what waits for a
#   client that reads slowly takes the same memory: about the message, and some hundreds of bytes.
# What happens: what goes to one socket is kept once, as the packet. What goes through the adapter (a room, even a room of one, or
#   everybody) carries the finished WebSocket frame beside the packet, so that it is framed once for all receivers; both stay in the
#   queue of whoever does not read, and a broadcast takes twice the memory of the same message sent to that one socket. The frame
#   is shared among several slow readers, so two of them cost no more than one. A client by polling has no use for the frame and
#   keeps it all the same.
# Versions: socket.io 4.8.4, socket.io-adapter 2.5.8, engine.io 6.6.12, ws 8.23.0, Node 20.20.2.
# Why it matters: broadcasts are what fills the queue of a slow reader (prices, positions, chat), and neither Socket.IO nor ws
#   limits that queue. Whoever plans memory by rate × size × time away plans for half of what will be kept.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund socket.io@4.8.4 socket.io-adapter@2.5.8 engine.io@6.6.12 ws@8.23.0

cat > find.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as pass } from 'node:timers/promises';
import { Server } from 'socket.io';
import { WebSocket } from 'ws';

const versionOf = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
const names = ['socket.io', 'socket.io-adapter', 'engine.io', 'ws'];
console.log(names.map((name) => `${name} ${versionOf(name)}`).join(', '), `Node ${process.version}`);

const size = 8000;
const messages = 1000;

/** Joins the default namespace, then takes nothing more from its socket; by polling it does not ask again. */
async function silentReader(port, transport) {
  const url = `127.0.0.1:${port}/socket.io/?EIO=4&transport=${transport}`;
  if (transport === 'polling') {
    const { sid } = JSON.parse((await (await fetch(`http://${url}`)).text()).slice(1));
    await (await fetch(`http://${url}&sid=${sid}`, { method: 'POST', body: '40' })).text();
    await (await fetch(`http://${url}&sid=${sid}`)).text();
    return () => {};
  }
  const socket = new WebSocket(`ws://${url}`);
  await new Promise((joined) =>
    socket.on('message', (data) => {
      if (String(data).startsWith('0')) socket.send('40');
      else joined();
    }),
  );
  socket.pause();
  return () => socket.terminate();
}

function kept() {
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Memory for each further message once the buffers of the system are full, with so many readers that do not read. */
async function weigh(say, transport, readers) {
  const http = createServer();
  const io = new Server(http, { pingInterval: 600_000, serveClient: false });
  await new Promise((listening) => http.listen(0, '127.0.0.1', listening));
  const leave = [];
  for (let k = 0; k < readers; k++) leave.push(await silentReader(http.address().port, transport));
  while (io.sockets.sockets.size < readers) await pass(10);
  const sockets = [...io.sockets.sockets.values()];
  const speak = async () => {
    for (let k = 0; k < messages; k++) {
      say(io, sockets, String(k).padStart(size, '.'));
      if (k % 50 === 0) await pass(1);
    }
    await pass(300);
  };
  await speak();
  const before = kept();
  await speak();
  const each = (kept() - before) / messages;
  for (const end of leave) end();
  await io.close();
  return each;
}

const toOne = (_, sockets, text) => sockets.forEach((socket) => socket.emit('price', text));
const toRoom = (io, sockets, text) => io.to(sockets[0].id).emit('price', text);
const toAll = (io, _, text) => io.emit('price', text);

const rows = {
  'socket.emit, one slow reader': await weigh(toOne, 'websocket', 1),
  'io.to(its id).emit, one slow reader': await weigh(toRoom, 'websocket', 1),
  'io.emit, one slow reader': await weigh(toAll, 'websocket', 1),
  'io.emit, two slow readers': await weigh(toAll, 'websocket', 2),
  'socket.emit, one by polling': await weigh(toOne, 'polling', 1),
  'io.emit, one by polling': await weigh(toAll, 'polling', 1),
};
for (const [name, bytes] of Object.entries(rows))
  console.log(`${name}: ${Math.round(bytes)} B a message of ${size} B, ${(bytes / size).toFixed(2)} ×`);
const [one, room, all, two, polled, polledAll] = Object.values(rows).map((bytes) => bytes / size);
const holds = [
  ['one socket: once', one < 1.3],
  ['a room of one: twice', room > 1.8 && room < 2.5],
  ['everybody: twice', all > 1.8 && all < 2.5],
  ['two slow readers share it', two < 1.25 * all],
  ['polling keeps the frame, too', polled < 1.3 && polledAll > 1.8],
];
for (const [what, found] of holds) console.log(`${found ? 'as found' : 'CHANGED '}  ${what}`);
process.exit(holds.every(([, found]) => found) ? 0 : 1);
JS
timeout 180 node --expose-gc find.mjs
