#!/usr/bin/env bash
# A reset that comes right behind data is read by Node 20 and 22 as an orderly end: `end` instead of ECONNRESET.
#
# A good guess: a peer that closes sends FIN, and Node says `end`; a peer that aborts sends RST, and Node says ECONNRESET. So a
#   server, or a proxy that passes closes and aborts on as they come, can tell the two apart.
# What happens: where bytes and the reset are both there when the socket is read, which error comes depends on how many bytes
#   wait. One byte, and it is `end`: libuv 1.46 to 1.51 sees that it has read less than a buffer (64 KiB) and that the
#   connection is hung up, and reports an end of file without asking again. Exactly 64 KiB, and it is ECONNRESET; one byte more,
#   and it is `end` once more. A half-open socket then waits for its own end, with no error and no `close`. A reader that is
#   idle gets both apart and sees the error: so it shows under load, or behind a pause for backpressure. Node 26 (libuv 1.52)
#   says ECONNRESET each time.
# Versions: Node 20.20.2, 22.23.3 and 26.10.0, as the package `node` has them for Linux.
# Why it matters: last words and an abort come together in real-time transports: a WebSocket's close frame before a process is
#   killed, a POST that is cancelled, a proxy that resets. Whoever counts clean closes, or decides by the error whether to replay
#   messages, counts some aborts as goodbyes, the more the busier the server is.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
for version in 20.20.2 22.23.3 26.10.0; do
  npm install --silent --no-audit --no-fund --prefix "$version" "node@$version"
done

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a socket says that is read only once the bytes and the reset are both there. */
async function heard(bytes) {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const client = connect(server.address().port, '127.0.0.1');
  await once(client, 'connect');
  const [socket] = await accepted;
  const said = [];
  let read = 0;
  socket.on('data', (piece) => (read += piece.length));
  socket.on('end', () => said.push('end'));
  socket.on('error', ({ code }) => said.push(code));
  socket.on('close', () => said.push('close'));
  if (bytes > 0) await new Promise((written) => client.write(Buffer.alloc(bytes), written));
  client.resetAndDestroy();
  await once(client, 'close');
  await sleep(100);
  socket.resume();
  await sleep(300);
  socket.destroy();
  server.close();
  return `${read === bytes ? 'all' : read} of ${bytes} B, then ${said.join(' ')}`;
}

const [major] = process.versions.node.split('.').map(Number);
const error = 'ECONNRESET close';
const partly = major < 26 ? 'end' : error;
const expected = { 0: error, 1: partly, 65536: error, 65537: partly };
console.log(`Node ${process.versions.node}, libuv ${process.versions.uv}`);
for (const [bytes, said] of Object.entries(expected)) {
  const found = await heard(Number(bytes));
  const isSo = found === `all of ${bytes} B, then ${said}`;
  console.log(`  ${found}: ${isSo ? 'as found' : 'CHANGED'}`);
  if (!isSo) process.exitCode = 1;
}
JS
code=0
for version in 20.20.2 22.23.3 26.10.0; do
  "$version/node_modules/node/bin/node" find.mjs || code=1
done
exit "$code"
