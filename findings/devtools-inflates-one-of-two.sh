#!/usr/bin/env bash
# Chromium's Network panel: one column shows a stream as it was compressed, the other shows frames as if they had not been.
#
# A good guess: DevTools says what travelled, so the figures of an event stream and of a WebSocket, both compressed, can be
#   held against each other; and a frame's Length is its length.
# What happens: with the same forty messages, both compressed with a context that is kept, the stream's Size
#   (`encodedDataLength`) is what came in: head, chunks and gzip. The Length of a frame (`payloadData`) is its text inflated,
#   in UTF-16 code units: not the compressed bytes, not the head of the frame, not the mask, and a Korean syllable as 1
#   though it takes 3 bytes before compression. Here the panel makes the WebSocket several times as heavy as the stream,
#   while on its socket it is the lighter one. Binary frames are shown in base64, a third longer than they are; the row of
#   the WebSocket itself says 0 B.
# Versions: Chromium 147.0.7727.0 (@sparticuz/chromium 147.0.0) by playwright-core 1.59.1; ws 8.23.0; Node 20.20.2.
# Why it matters: "we looked into DevTools, and SSE is a fraction of the WebSocket" is how transports are chosen. Who turns
#   permessage-deflate on sees nothing change; only a relay or a capture shows it.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0 playwright-core@1.59.1 @sparticuz/chromium@147.0.0

cat > find.mjs <<'JS'
import { createServer } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import packed from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import { WebSocketServer } from 'ws';

const messages = Array.from({ length: 40 }, (_, n) =>
  JSON.stringify({ id: 1000 + n, room: 'general', from: 'mina', text: `안녕하세요, 회의는 ${n % 12}시에 시작합니다` }),
);
const binary = Buffer.alloc(300, 7);

let streamSocket;
let frameSocket;
const server = createServer((request, response) => {
  if (request.url !== '/events') return response.setHeader('content-type', 'text/html').end('<title>page</title>');
  streamSocket = request.socket;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip', 'cache-control': 'no-store' });
  const gzip = zlib.createGzip();
  gzip.pipe(response);
  (async () => {
    for (const message of messages) {
      gzip.write(`data: ${message}\n\n`);
      await new Promise((resolve) => gzip.flush(zlib.constants.Z_SYNC_FLUSH, resolve));
      await sleep(5);
    }
    gzip.end();
  })();
});
const sockets = new WebSocketServer({ server, perMessageDeflate: { threshold: 0 } });
let before;
sockets.on('connection', async (socket, request) => {
  frameSocket = request.socket;
  await sleep(50);
  before = frameSocket.bytesWritten;
  for (const message of messages) {
    socket.send(message);
    await sleep(5);
  }
  await sleep(50);
  socket.sent = frameSocket.bytesWritten - before;
  sockets.sent = socket.sent;
  socket.send(binary, { compress: false });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address();

const browser = await chromium.launch({
  executablePath: await packed.executablePath(),
  args: ['--no-sandbox', '--disable-gpu', '--headless=new', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage();
const panel = await page.context().newCDPSession(page);
await panel.send('Network.enable');
const urls = new Map();
const size = new Map();
const frames = [];
let rowOfSocket = 0;
panel.on('Network.requestWillBeSent', ({ requestId, request }) => urls.set(requestId, request.url));
panel.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => size.set(urls.get(requestId), encodedDataLength));
panel.on('Network.webSocketFrameReceived', ({ response }) => frames.push(response));
panel.on('Network.webSocketHandshakeResponseReceived', ({ response }) => { rowOfSocket = response.encodedDataLength ?? 0; });
await page.goto(`http://127.0.0.1:${port}/`);
await page.evaluate(() => new Promise((done) => {
  const source = new EventSource('/events');
  source.onerror = () => { source.close(); done(); };
}));
const streamWritten = streamSocket.bytesWritten;
await page.evaluate(() => new Promise((done) => {
  const socket = new WebSocket(`ws://${location.host}/`);
  socket.onmessage = ({ data }) => { if (typeof data !== 'string') done(); };
}));
await sleep(200);

const texts = frames.filter(({ opcode }) => opcode === 1);
const shown = texts.reduce((sum, { payloadData }) => sum + payloadData.length, 0);
const inClear = messages.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const characters = messages.reduce((sum, text) => sum + text.length, 0);
const [bytes] = frames.filter(({ opcode }) => opcode === 2);
const streamShown = size.get(`http://127.0.0.1:${port}/events`);
const framesOnWire = sockets.sent;

console.log(`Node ${process.version}, ${browser.version()}; ${messages.length} messages, ${inClear} B, ${characters} characters`);
console.log(`event stream, gzip:            Size ${streamShown} B`);
console.log(`WebSocket, permessage-deflate: Length ${shown} in all, on the socket ${framesOnWire} B`);
console.log(`a binary frame of ${binary.length} B:       payloadData ${bytes?.payloadData.length} characters`);
const check = (holds, what) => {
  console.log(`${holds ? 'as found' : 'CHANGED '}  ${what}`);
  if (!holds) process.exitCode = 1;
};
check(texts.length === messages.length && shown === characters, 'Length counts the characters of the inflated text');
check(streamShown < inClear / 2, 'Size counts the stream as it was compressed');
check(framesOnWire < streamShown, 'on its socket the WebSocket is the lighter one');
check(shown > 2 * streamShown, 'in the panel it is more than twice as heavy');
check(bytes?.payloadData.length === 4 * Math.ceil(binary.length / 3), 'a binary frame is shown in base64');
check(rowOfSocket === 0, 'the row of the WebSocket has no size');
await browser.close();
process.exit();
JS
timeout 180 node --no-warnings find.mjs
