#!/usr/bin/env bash
# HTTP/2 writes and reads past the JavaScript of the socket that it was given: whoever counts bytes there counts none.
#
# A good guess: `http2.connect(url, { createConnection })` takes any socket of one's own, and a subclass of `net.Socket` that
#   overrides `push`, `_write` and `_writev` sees what goes over it, as it does under `http`, `ws` and plain sockets.
# What happens: over a socket that has its handle when the session begins, Node joins nghttp2 to the handle. Not one byte passes
#   through the stream's methods, while `bytesRead` and `bytesWritten` go on counting, and nothing fails. A `Duplex` around the
#   socket has no handle: then every byte passes through JavaScript, and both counts agree. Under TLS it is the order that
#   decides: a socket that `tls.connect({ socket })` was given before it connected passes everything on, one that was connected
#   before passes nothing.
# Versions: Node 20.20.2, 22.23.3, 24.21.0 and 26.10.0, as the package `node` has them for Linux.
# Why it matters: byte counts of proxies and agents of observability, throttles, recorders and fault injectors that stand on a
#   socket's methods say zero, or let everything through, as soon as a client of theirs moves to HTTP/2; and whoever compares
#   transports by such a count finds that HTTP/2 costs nothing.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
versions="20.20.2 22.23.3 24.21.0 26.10.0"
for version in $versions; do
  npm install --silent --no-audit --no-fund --prefix "$version" "node@$version"
done
openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost -days 2 2>/dev/null

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http2 from 'node:http2';
import { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';

class Counting extends Socket {
  seen = 0;
  push(chunk, encoding) {
    if (chunk instanceof Uint8Array) this.seen += chunk.length;
    return super.push(chunk, encoding);
  }
  _write(chunk, encoding, done) {
    this.seen += Buffer.byteLength(chunk, encoding);
    super._write(chunk, encoding, done);
  }
  _writev(chunks, done) {
    for (const { chunk, encoding } of chunks) this.seen += Buffer.byteLength(chunk, encoding);
    super._writev(chunks, done);
  }
}

const key = readFileSync('key.pem');
const cert = readFileSync('cert.pem');

/** One request over a socket that `join` makes of ours; how much of it our methods saw. */
async function seen(isSealed, join) {
  const server = isSealed ? http2.createSecureServer({ key, cert }) : http2.createServer();
  server.on('stream', (stream) => {
    stream.respond({ ':status': 200 });
    stream.end('hello');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = new Counting();
  const under = await join(socket, server.address().port);
  const session = http2.connect(`${isSealed ? 'https' : 'http'}://127.0.0.1`, { createConnection: () => under });
  const request = session.request({ ':path': '/' });
  request.resume();
  await once(request, 'close');
  session.close();
  await once(session, 'close');
  server.close();
  const all = socket.bytesRead + socket.bytesWritten;
  return socket.seen === 0 && all > 0 ? 'none' : socket.seen === all ? 'all' : `${socket.seen} of ${all} B`;
}

const connected = async (socket, port) => {
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
};
const sealed = (socket) => tls.connect({ socket, ca: cert, ALPNProtocols: ['h2'], checkServerIdentity: () => undefined });

const cases = [
  ['clear text, the socket itself', 'none', false, connected],
  ['clear text, a Duplex around it', 'all', false, async (socket, port) => {
    await connected(socket, port);
    return Duplex.from({ readable: socket, writable: socket });
  }],
  ['TLS over a socket that is connected', 'none', true, async (socket, port) => sealed(await connected(socket, port))],
  ['TLS over a socket that connects afterwards', 'all', true, async (socket, port) => {
    const over = sealed(socket);
    socket.connect(port, '127.0.0.1');
    return over;
  }],
];
console.log(`Node ${process.versions.node}`);
for (const [name, expected, isSealed, join] of cases) {
  const found = await seen(isSealed, join);
  console.log(`  ${name}: our methods saw ${found}: ${found === expected ? 'as found' : 'CHANGED'}`);
  if (found !== expected) process.exitCode = 1;
}
JS
code=0
for version in $versions; do
  "$version/node_modules/node/bin/node" find.mjs || code=1
done
exit "$code"
