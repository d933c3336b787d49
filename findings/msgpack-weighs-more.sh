#!/usr/bin/env bash
# Socket.IO: the MessagePack parser makes usual events heavier; upstream a short one doubles.
#
# A good guess: MessagePack is JSON without the ink, so the official parser saves bytes.
# What happens: the default parser writes the envelope in two characters (`42["chat",…]`), MessagePack's as a map with
#   the keys type, data and nsp in every packet: 12 B more, or 18 for an acknowledgement. Events of the client also
#   carry `options: {compress: true}`, its own note to itself: 19 B more. A word goes from 24 to 55 B up and from 20 to
#   32 down. Numbers with one decimal, such as prices, are 9 B each instead of 3 and a comma: an array of 100 is twice
#   as heavy. Only long integers, numbers of full precision and rows with many keys win it back.
# Versions: socket.io and socket.io-client 4.8.4, socket.io-msgpack-parser 3.0.2; Node 20.20.2, 22.23.3, 24.21.0.
# Why it matters: chat, presence and tickers are where bytes per message are counted, and there it costs. And the
#   browser's inspector no longer shows what was said.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund socket.io@4.8.4 socket.io-client@4.8.4 socket.io-msgpack-parser@3.0.2

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import msgpack from 'socket.io-msgpack-parser';

const hundred = (value) => Array.from({ length: 100 }, (_, i) => value(i));
const events = {
  'a word': ['chat', 'hello'],
  'a chat message': ['chat', { user: 'kim', text: 'hello there' }],
  'a position': ['position', { x: 12.5, y: 98.25 }],
  '100 prices (0.0 … 9.9)': ['prices', hundred((i) => i / 10)],
  '100 integers (1000 …)': ['ids', hundred((i) => 1000 + i)],
  '100 numbers in full': ['numbers', hundred((i) => Math.sqrt(i + 2))],
  '100 rows of three keys': ['rows', hundred((i) => ({ id: i, name: `user${i}`, score: i * 7 }))],
};

// Bytes on the socket, framing included: [up, down] for each event, then an acknowledgement.
async function weigh(options) {
  const server = new Server(options);
  server.listen(0);
  const url = `http://127.0.0.1:${server.httpServer.address().port}`;
  const client = io(url, { transports: ['websocket'], ...options });
  const [far] = await once(server, 'connection');
  await once(client, 'connect');
  await sleep(100);
  const socket = far.conn.transport.socket._socket;
  const over = async (act) => {
    const { bytesRead, bytesWritten } = socket;
    act();
    await sleep(100);
    return [socket.bytesRead - bytesRead, socket.bytesWritten - bytesWritten];
  };
  const weights = {};
  for (const [name, event] of Object.entries(events)) {
    const [up] = await over(() => client.emit(...event));
    const [, down] = await over(() => far.emit(...event));
    weights[name] = [up, down];
  }
  client.on('asked', (answer) => answer());
  far.on('asked', (answer) => answer());
  const [up] = await over(() => far.emit('asked', () => {}));
  const [, down] = await over(() => client.emit('asked', () => {}));
  weights['an acknowledgement'] = [up, down];
  client.close();
  await server.close();
  return weights;
}

const json = await weigh({});
const packed = await weigh({ parser: msgpack });
const wanted = { '100 numbers in full': 'lighter', '100 integers (1000 …)': 'lighter', '100 rows of three keys': 'lighter' };
console.log(`Node ${process.version}, socket.io 4.8.4: bytes of a frame up / down, default parser and MessagePack\n`);
for (const [name, both] of Object.entries(json)) {
  const other = packed[name];
  const verdict = both.every((bytes, i) => other[i] > bytes) ? 'heavier' : 'lighter';
  const held = verdict === (wanted[name] ?? 'heavier');
  console.log(`${held ? 'as found' : 'CHANGED '}  ${name.padEnd(26)} ${both.join(' / ').padStart(13)}   ${other.join(' / ').padStart(13)}  ${verdict}`);
  if (!held) process.exitCode = 1;
}
process.exit();
JS
timeout 180 node find.mjs
