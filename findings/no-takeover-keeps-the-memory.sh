#!/usr/bin/env bash
# ws: "no context takeover" gives up the compression and keeps the memory.
#
# A good guess: permessage-deflate is expensive because every connection keeps a compressor, and
#   `serverNoContextTakeover` (RFC 7692 §7.1.1: the window need not be kept between messages) is the remedy: a
#   little more on the wire, far less memory.
# What happens: ws resets the compressor after each message and does not free it. Nine tenths of the memory stay, and
#   short alike messages, which shrank to a quarter, are hardly compressed any more (with ws's own threshold of 1,024 B,
#   which counts only without takeover, not at all). The remedy is the other knob: a small window with the context
#   kept costs less than half of the memory and compresses these messages as well. (A window of 1 KiB holds the last
#   few; longer messages that repeat what lies further back would lose.)
# Versions: ws 8.23.0, Node 20.20.2, 22.23.3, 24.21.0.
# Why it matters: a chat or ticker sends thousands of short alike messages on thousands of connections; the setting
#   that is said to save memory there saves none and costs four times the bytes.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0

cat > find.mjs <<'JS'
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket, WebSocketServer } from 'ws';

const small = { serverMaxWindowBits: 10, clientMaxWindowBits: 10, zlibDeflateOptions: { memLevel: 3 } };
const none = { serverNoContextTakeover: true, clientNoContextTakeover: true };
const settings = {
  'no compression': false,
  'context kept': { threshold: 0 },
  'no context takeover': { threshold: 0, ...none },
  'small window, context kept': { threshold: 0, ...small },
  'small window, no takeover': { threshold: 0, ...small, ...none },
};
const clients = 300;
const rounds = 5;
const message = '{"room":"general","user":"someone","text":"hello there, how are you today?","at":1234567}';

async function serve(name) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: settings[name] });
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(data.toString())));
  await once(server, 'listening');
  process.send(server.address().port);
  process.on('message', async () => {
    for (let i = 0; i < 3; i++) { gc(); await sleep(150); }
    const written = [...server.clients].reduce((sum, { _socket }) => sum + _socket.bytesWritten, 0);
    process.send({ memory: process.memoryUsage().rss, written });
  });
  process.on('disconnect', () => process.exit());
}

async function weigh(name) {
  const server = fork(import.meta.filename, [name], { execArgv: ['--expose-gc'] });
  const [port] = await once(server, 'message');
  const sockets = Array.from({ length: clients }, () => new WebSocket(`ws://127.0.0.1:${port}`));
  await Promise.all(sockets.map((socket) => once(socket, 'open')));
  const look = async () => (server.send('look'), (await once(server, 'message'))[0]);
  const before = await look();
  for (let i = 0; i < rounds; i++) {
    const echoes = sockets.map((socket) => once(socket, 'message'));
    for (const socket of sockets) socket.send(message);
    await Promise.all(echoes);
  }
  const after = await look();
  for (const socket of sockets) socket.terminate();
  server.disconnect();
  await once(server, 'exit');
  return {
    KiB: (after.memory - before.memory) / clients / 1024,
    bytes: (after.written - before.written) / clients / rounds,
  };
}

const changed = (sentence, held) => {
  console.log(`${held ? 'as found' : 'CHANGED '}  ${sentence}`);
  if (!held) process.exitCode = 1;
};

if (process.argv[2]) await serve(process.argv[2]);
else {
  console.log(`Node ${process.version}, ws 8.23.0: ${clients} connections, ${rounds} messages of ${message.length} B each way\n`);
  const found = {};
  for (const name of Object.keys(settings)) {
    found[name] = await weigh(name);
    const { KiB, bytes } = found[name];
    console.log(`${name.padEnd(28)} ${KiB.toFixed(0).padStart(4)} KiB a connection, ${bytes.toFixed(1).padStart(5)} B a frame`);
  }
  const plain = found['no compression'];
  const kept = found['context kept'];
  const not = found['no context takeover'];
  const less = found['small window, context kept'];
  console.log();
  changed('compression costs over 150 KiB a connection', kept.KiB - plain.KiB > 150);
  changed('without takeover at least three quarters of that memory stay', not.KiB - plain.KiB > 0.75 * (kept.KiB - plain.KiB));
  changed('and a frame is more than three times as heavy', not.bytes > 3 * kept.bytes);
  changed('a small window takes less than 60 % of the memory', less.KiB - plain.KiB < 0.6 * (kept.KiB - plain.KiB));
  changed('and its frames stay within 10 % of the lightest', less.bytes < 1.1 * kept.bytes);
}
JS
timeout 180 node find.mjs
