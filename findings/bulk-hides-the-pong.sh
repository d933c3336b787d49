#!/usr/bin/env bash
# Socket.IO and the usual ws heartbeat: a peer that has not stopped sending is declared silent.
#
# A good guess: heartbeats find connections that are dead; while bytes of a large message keep coming in, the
#   connection is plainly alive.
# What happens: only a whole packet counts, and the pong stands in line behind the message. A message of S bytes over a
#   link of R bytes/s is cut when S/R is longer than pingTimeout (at the latest pingInterval + pingTimeout), in both
#   directions, with bytes arriving until that moment; a client that connects again and says the same again is cut
#   again. Sixty events instead of one help little: the server takes another packet for life once a ping, the client
#   never. With the defaults (25 s, 20 s) a link of 1 Mbit/s is cut by something between 2.5 and 5.6 MB. The heartbeat
#   of the ws manual (a ping every T, and the end at the next one if no pong came) cuts after T to 2T.
# Versions: socket.io and socket.io-client 4.8.4, ws 8.23.0; Node 20.20.2, 22.23.3, 24.21.0.
# Why it matters: mobile links, and anything that sends its whole state on joining. Raising maxHttpBufferSize lets such
#   messages in; it takes pingTimeout, or pieces with acknowledgements in between, to let them arrive.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0 socket.io@4.8.4 socket.io-client@4.8.4

cat > find.mjs <<'JS'
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import { WebSocket, WebSocketServer } from 'ws';

const bytesPerSecond = 200_000;
const pingInterval = 500;
const pingTimeout = 1000;

// A link of so many bytes a second, each way; counts what it has handed on.
async function link(port) {
  const handed = { up: 0, down: 0 };
  const sockets = [];
  const carry = async (from, to, way) => {
    try {
      for await (let rest of from) {
        while (rest.length > 0) {
          const piece = rest.subarray(0, bytesPerSecond / 50);
          rest = rest.subarray(piece.length);
          to.write(piece);
          handed[way] += piece.length;
          if (piece.length > 1000) await sleep((piece.length / bytesPerSecond) * 1000);
        }
      }
    } catch {}
    to.destroy();
  };
  const relay = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1');
    for (const socket of [near, far]) sockets.push(socket.on('error', () => {}));
    carry(near, far, 'up');
    carry(far, near, 'down');
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const end = () => {
    relay.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: relay.address().port, handed, end };
}

async function socketIo() {
  const server = new Server({ pingInterval, pingTimeout, maxHttpBufferSize: 1e8 });
  server.listen(0);
  const between = await link(server.httpServer.address().port);
  const options = { transports: ['websocket'], forceNew: true, reconnection: false };
  const client = io(`http://127.0.0.1:${between.port}`, options);
  const [far] = await once(server, 'connection');
  await once(client, 'connect');
  return {
    ...between,
    ends: { up: [client, far], down: [far, client] },
    say: (end, text) => end.emit('message', text),
    // Both sides' clocks run out at nearly the same time; the first one's reason counts.
    cut: () => new Promise((told) => [far, client].map((end) => end.on('disconnect', told))),
    end: () => (client.close(), between.end(), server.close()),
  };
}

async function wsWithHeartbeat() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const between = await link(server.address().port);
  const client = new WebSocket(`ws://127.0.0.1:${between.port}`).on('error', () => {});
  const [far] = await once(server, 'connection');
  await once(client, 'open');
  let alive = true;
  far.on('pong', () => (alive = true)).on('error', () => {});
  const reason = new Promise((told) => {
    const timer = setInterval(() => {
      if (!alive) far.terminate(), told('no pong');
      alive = false;
      far.ping();
    }, pingTimeout);
    far.on('close', () => clearInterval(timer));
  });
  return {
    ...between,
    ends: { up: [client, far], down: [far, client] },
    say: (end, text) => end.send(text),
    cut: () => reason,
    end: () => (client.terminate(), between.end(), server.close()),
  };
}

async function carry(make, way, seconds, pieces) {
  const { ends, say, cut, handed, end } = await make();
  const [from, to] = ends[way];
  let arrived = 0;
  const all = new Promise((told) => to.on('message', () => ++arrived === pieces && told('arrived')));
  const text = 'x'.repeat((seconds * bytesPerSecond) / pieces);
  for (let i = 0; i < pieces; i++) say(from, text);
  const samples = [];
  const sampling = setInterval(() => samples.push(handed[way]), 100);
  const outcome = await Promise.race([all, cut()]);
  clearInterval(sampling);
  // Bytes that came in between the last ping and the cut.
  const lately = handed[way] - (samples.at(-10) ?? 0);
  await end();
  return { outcome, lately };
}

console.log(`Node ${process.version}: ${bytesPerSecond / 1000} kB/s, pingInterval ${pingInterval} ms, pingTimeout ${pingTimeout} ms\n`);
const cases = [];
for (const way of ['up', 'down']) {
  cases.push(['socket.io', socketIo, way, 0.25, 1, 'arrived'], ['socket.io', socketIo, way, 4, 1, 'ping timeout']);
  cases.push(['socket.io', socketIo, way, 4, 60, 'ping timeout']);
  cases.push(['ws', wsWithHeartbeat, way, 0.25, 1, 'arrived'], ['ws', wsWithHeartbeat, way, 4, 1, 'no pong']);
}
for (const [name, make, way, seconds, pieces, wanted] of cases) {
  const { outcome, lately } = await carry(make, way, seconds, pieces);
  const held = outcome === wanted && (wanted === 'arrived' || lately > bytesPerSecond / 4);
  const what = `${seconds} s of bytes ${way} in ${pieces === 1 ? 'one message' : `${pieces} messages`}`;
  const more = outcome === 'arrived' ? '' : `, ${Math.round(lately / 1000)} kB in its last second`;
  console.log(`${held ? 'as found' : 'CHANGED '}  ${name.padEnd(10)} ${what.padEnd(40)} ${outcome}${more}`);
  if (!held) process.exitCode = 1;
}
process.exit();
JS
timeout 180 node find.mjs
