#!/usr/bin/env bash
# What Socket.IO's Streams adapter could not hand to Redis still reaches the sender's own clients, and whoever heard it last is
# recovered by nobody: its client takes the text of the message for the offset.
#
# A good guess: a client that missed nothing and is cut off for a second is recovered, whether or not Redis was away for a moment
#   some minutes before; at worst it misses what Redis never got.
# What happens: the adapter adds the offset (the id of the stream's entry) as the event's last argument. Where XADD is rejected,
#   it says the event to its own clients all the same, without one, and logs that only for `debug`. The client keeps the last
#   argument of each event as its offset wherever that is a string, so now it is the message itself. When it comes back it asks for
#   what followed "hello", the adapter finds that no offset ("invalid offset"), and it is a new client: no rooms, no `data`, nothing
#   of what it missed. An event that ends in an object does no harm. It lasts until the next event with an offset.
# Versions: socket.io and socket.io-client 4.8.4, @socket.io/redis-streams-adapter 0.3.1, redis 6.3.1, redis-server 7.0.15,
#   Node 20.20.2.
# Why it matters: the second failure follows the first. When Redis fails over, connections are cut soon afterwards, and just then
#   state recovery fails for those who heard something meanwhile. A last argument that is no string avoids it.
# Besides Node and npm it needs redis-server on the PATH.
set -euo pipefail
command -v redis-server >/dev/null || { echo 'needs redis-server: nothing was tried'; exit 2; }
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund socket.io@4.8.4 socket.io-client@4.8.4 \
  @socket.io/redis-streams-adapter@0.3.1 redis@6.3.1

cat > find.mjs <<'JS'
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect as dial, createServer } from 'node:net';
import { setTimeout as passed } from 'node:timers/promises';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';

const listening = async (server) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
};
// A port that nobody has.
const probe = createServer();
const redisPort = await listening(probe);
await new Promise((closed) => probe.close(closed));
const redis = spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(redisPort), '--save', '']);
process.on('exit', () => redis.kill());
await passed(500);

// What lies between the server and Redis: for a moment it accepts and closes, as a proxy does whose Redis is gone.
let isAway = false;
const sockets = new Set();
const between = createServer((client) => {
  client.on('error', () => {});
  if (isAway) return client.end();
  const upstream = dial(redisPort, '127.0.0.1');
  for (const socket of [client, upstream]) {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      client.destroy();
      upstream.destroy();
    });
  }
  client.pipe(upstream).pipe(client);
});
const port = await listening(between);

/** Whether a client is recovered that was cut off after hearing this last. */
async function recovered(last, away) {
  const http = createHttpServer();
  const io = new Server(http, { connectionStateRecovery: {} });
  const client = createClient({ socket: { host: '127.0.0.1', port } });
  client.on('error', () => {});
  await client.connect();
  io.adapter(createAdapter(client, { streamName: String(Math.random()) }));
  const url = `http://127.0.0.1:${await listening(http)}`;
  const socket = connect(url, { transports: ['websocket'], reconnectionDelay: 300, forceNew: true });
  const heard = [];
  socket.on('news', (what) => heard.push(JSON.stringify(what)));
  await once(socket, 'connect');
  await passed(300);
  const say = async (what) => {
    io.emit('news', what);
    for (let k = 0; k < 100 && !heard.includes(JSON.stringify(what)); k++) await passed(50);
  };
  await say('first');
  if (away) {
    isAway = true;
    for (const one of sockets) one.destroy();
    await passed(200);
  }
  await say(last);
  isAway = false;
  while (!client.isReady) await passed(50);
  socket.io.engine.close();
  await passed(100);
  await say('missed');
  await passed(1500);
  const result = { heardLast: heard.includes(JSON.stringify(last)), recovered: socket.recovered, missed: heard.includes('"missed"') };
  socket.close();
  return result;
}

const rows = [
  ['Redis there, a text last', await recovered('hello', false), true],
  ['Redis away, a text last', await recovered('hello', true), false],
  ['Redis away, an object last', await recovered({ text: 'hello' }, true), true],
];
let holds = true;
for (const [name, { heardLast, recovered, missed }, expected] of rows) {
  const asFound = heardLast && recovered === expected && missed === expected;
  holds &&= asFound;
  console.log(`${name}: heard ${heardLast}, recovered ${recovered}, given what it missed ${missed}   ${asFound ? 'as found' : 'CHANGED'}`);
}
process.exit(holds ? 0 : 1);
JS
timeout 120 node find.mjs
