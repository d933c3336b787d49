#!/usr/bin/env bash
# Socket.IO as installed: a list of 1.5 kB and more is lighter by polling than by WebSocket.
#
# A good guess: a frame costs a WebSocket 2 to 8 bytes, a poll some hundred bytes of headers each way, so the upgrade from
#   polling to WebSocket saves bytes, whatever is sent.
# What happens: engine.io compresses answers of 1,024 B and more by default (`httpCompression`), and every browser asks
#   for it; `perMessageDeflate` is off by default. A list of 2.6 kB comes to 1.2 kB as a poll, request and headers
#   included, and to 2.6 kB after the upgrade. Below 1,024 B the headers decide, and the good guess holds; upstream
#   neither compresses. Socket.IO's own client does not ask for compression on Node: tests do not see it.
# Versions: socket.io 4.8.4, ws 8.23.0; Node 20.20.2, 22.23.3, 24.21.0. The request here is as long as a browser's, 500 B.
# Why it matters: dashboards and lists over Socket.IO. "WebSocket is lighter" is about small messages; for large ones turn
#   perMessageDeflate on before comparing, or it is a comparison of compression.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0 socket.io@4.8.4

cat > find.mjs <<'JS'
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { WebSocket } from 'ws';

const rows = (count) => Array.from({ length: count }, (_, id) => ({ id, name: `user${id}`, score: id * 7, online: true }));
const path = '/socket.io/?EIO=4&transport=polling';
// Stands for the 20 headers of a browser: what matters is that it asks for compression, and how long it all is.
const browser = { accept: '*/*', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'x'.repeat(330) };

async function start(options) {
  const server = new Server(options);
  server.listen(0);
  return { server, port: server.httpServer.address().port };
}

// Bytes of one poll, request and answer, that brings the list.
async function byPolling(list) {
  const { server, port } = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let socket;
  const ask = async (method, path, body) => {
    const headers = body ? { ...browser, 'content-type': 'text/plain' } : browser;
    const request = http.request({ port, host: '127.0.0.1', agent, method, path, headers });
    request.on('socket', (used) => (socket = used));
    request.end(body);
    const [answer] = await once(request, 'response');
    let text = '';
    for await (const chunk of answer) text += chunk.toString('latin1');
    return { text, headers: answer.headers };
  };
  const { sid } = JSON.parse((await ask('GET', path)).text.slice(1));
  await ask('POST', `${path}&sid=${sid}`, '40');
  await ask('GET', `${path}&sid=${sid}`);
  const before = socket.bytesRead + socket.bytesWritten;
  const poll = ask('GET', `${path}&sid=${sid}`);
  await sleep(100);
  server.emit('list', list);
  const { headers } = await poll;
  const bytes = socket.bytesRead + socket.bytesWritten - before;
  agent.destroy();
  await server.close();
  return { bytes, encoding: headers['content-encoding'] ?? 'none' };
}

async function byWebSocket(list, options) {
  const { server, port } = await start(options);
  const client = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`); // offers compression, as browsers do
  client.on('message', (text) => String(text).startsWith('0') && client.send('40'));
  await once(server, 'connection');
  await sleep(100);
  const before = client._socket.bytesRead;
  server.emit('list', list);
  await sleep(100);
  const bytes = client._socket.bytesRead - before;
  client.terminate();
  await server.close();
  return { bytes };
}

console.log(`Node ${process.version}, socket.io 4.8.4: bytes of one list for one reader, request included\n`);
console.log('rows    JSON   polling            WebSocket   with perMessageDeflate');
const wanted = { 5: 'WebSocket', 15: 'WebSocket', 30: 'polling', 50: 'polling', 100: 'polling' };
for (const [count, lighter] of Object.entries(wanted)) {
  const list = rows(Number(count));
  const json = JSON.stringify(list).length;
  const polling = await byPolling(list);
  const webSocket = await byWebSocket(list);
  const deflated = await byWebSocket(list, { perMessageDeflate: true });
  const seen = polling.bytes < webSocket.bytes ? 'polling' : 'WebSocket';
  const held = seen === lighter && (polling.encoding === 'gzip') === json >= 1024 - 10;
  console.log(
    `${count.padStart(4)} ${String(json).padStart(7)} ${String(polling.bytes).padStart(9)} (${polling.encoding})`.padEnd(34) +
      `${String(webSocket.bytes).padStart(7)} ${String(deflated.bytes).padStart(15)}       ${seen} is lighter, ${held ? 'as found' : 'CHANGED'}`,
  );
  if (!held) process.exitCode = 1;
}
process.exit();
JS
timeout 180 node find.mjs
