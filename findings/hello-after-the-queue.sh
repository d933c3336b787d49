#!/usr/bin/env bash
# Reconnecting clients: what was said while away overtakes the hello that is said on connecting.
#
# A good guess: `on('connect', () => socket.emit('join', room))` makes the join the first thing the server hears on
#   every new connection; messages sent while offline are queued and follow.
# What happens: socket.io-client, reconnecting-websocket and partysocket empty the queue first and call the handler
#   afterwards, so the server hears a, b, c, join. It happens at the first connection, too, if anything was sent before
#   it was open. websocket-ts does it the other way round: join, a, b, c.
# Versions: socket.io and socket.io-client 4.8.4, reconnecting-websocket 4.4.0, partysocket 1.3.0, websocket-ts 2.3.0,
#   ws 8.23.0; Node 20.20.2, 22.23.3, 24.21.0.
# Why it matters: rooms, logins and subscriptions. A message that needs the join meets a server that does not know the
#   client yet, and only after an outage, never in a test. What belongs to every connection goes into the handshake
#   (Socket.IO's `auth`, a query, a cookie), or the queue must be one's own.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0 socket.io@4.8.4 socket.io-client@4.8.4 \
  reconnecting-websocket@4.4.0 partysocket@1.3.0 websocket-ts@2.3.0

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import PartySocket from 'partysocket/ws';
import Reconnecting from 'reconnecting-websocket';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { ArrayQueue, ConstantBackoff, WebsocketBuilder } from 'websocket-ts';
import { WebSocket, WebSocketServer } from 'ws';

globalThis.WebSocket = WebSocket; // websocket-ts takes it from there
const fast = { WebSocket, minReconnectionDelay: 200, maxReconnectionDelay: 200 };

// `heard` is what the server hears, connection by connection.
async function socketIo() {
  const heard = [];
  const server = new Server();
  server.listen(0);
  server.on('connection', (socket) => {
    const words = [];
    heard.push(words);
    socket.onAny((word) => words.push(word));
  });
  const client = io(`http://127.0.0.1:${server.httpServer.address().port}`, {
    transports: ['websocket'],
    reconnectionDelay: 200,
  });
  client.on('connect', () => client.emit('join'));
  return {
    heard,
    say: (word) => client.emit(word),
    away: () => !client.connected,
    cut: () => client.io.engine.transport.ws.terminate(),
    async end() {
      client.close();
      await server.close();
    },
  };
}

const overWebSocket = (make) => async () => {
  const heard = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => {
    const words = [];
    heard.push(words);
    socket.on('message', (word) => words.push(String(word)));
  });
  const client = make(`ws://127.0.0.1:${server.address().port}`);
  let away = true;
  client.addEventListener('open', () => {
    away = false;
    client.send('join');
  });
  client.addEventListener('close', () => (away = true));
  return {
    heard,
    say: (word) => client.send(word),
    away: () => away,
    cut: () => { for (const socket of server.clients) socket.terminate(); },
    async end() {
      client.close();
      server.close();
    },
  };
};

const buildWebsocketTs = (url) =>
  new WebsocketBuilder(url).withBuffer(new ArrayQueue()).withBackoff(new ConstantBackoff(200)).build();

const queueFirst = [['early', 'join'], ['a', 'b', 'c', 'join']];
const helloFirst = [['join', 'early'], ['join', 'a', 'b', 'c']];
const clients = {
  'socket.io-client': [socketIo, queueFirst],
  'reconnecting-websocket': [overWebSocket((url) => new Reconnecting(url, [], fast)), queueFirst],
  partysocket: [overWebSocket((url) => new PartySocket(url, [], fast)), queueFirst],
  'websocket-ts': [overWebSocket(buildWebsocketTs), helloFirst],
};

const until = async (holds) => { for (let i = 0; i < 800 && !holds(); i++) await sleep(10); };

console.log(`Node ${process.version}: the words of each connection, in the order in which the server hears them\n`);
for (const [name, [make, wanted]] of Object.entries(clients)) {
  const { heard, say, away, cut, end } = await make();
  say('early');
  await until(() => heard[0]?.length === 2);
  cut();
  await until(away);
  for (const word of ['a', 'b', 'c']) say(word);
  await until(() => heard[1]?.length === 4);
  const held = JSON.stringify(heard) === JSON.stringify(wanted);
  console.log(`${held ? 'as found' : 'CHANGED '}  ${name.padEnd(24)} ${heard.map((words) => words.join(', ')).join('  |  ')}`);
  if (!held) process.exitCode = 1;
  await end();
}
process.exit();
JS
timeout 180 node find.mjs
