#!/usr/bin/env bash
# ws: the first socket of the process decides how many messages all its servers compress at once.
#
# A good guess: `concurrencyLimit` of a server's `perMessageDeflate` limits that server.
# What happens: there is one queue for the whole process, made with the first connection that negotiates or merely
#   offers compression; later values are ignored without a word. An outgoing `new WebSocket(…)` offers it by default:
#   a server that dials its upstream before the first client arrives runs with the default of 10, whatever it says.
#   Of two servers, the one whose first client comes first decides for both.
# Versions: ws 8.23.0, Node 20.20.2, 22.23.3, 24.21.0. Socket.IO hands the option on to ws.
# Why it matters: relays, gateways and servers with several endpoints. The setting is there to bound memory and to
#   leave threads of the pool of four for everything else; which order the process starts in undoes it.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund ws@8.23.0

cat > find.mjs <<'JS'
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import { WebSocket, WebSocketServer } from 'ws';

const clients = 30;

const serve = async (concurrencyLimit) => {
  const perMessageDeflate = { threshold: 0, concurrencyLimit };
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate });
  await once(server, 'listening');
  return server;
};

const join = async (server, count) => {
  const child = fork(import.meta.filename, ['clients', server.address().port, count]);
  while (server.clients.size < count) await sleep(20);
  return child;
};

// The cases differ only in what the process does before the 30 clients of the server with the limit come.
const cases = {
  'a server with limit 1, nothing else': async () => [await serve(1), []],
  'the same, after an outgoing connection': async () => {
    const server = await serve(1);
    const upstream = await serve(1);
    const socket = new WebSocket(`ws://127.0.0.1:${upstream.address().port}`);
    await once(socket, 'open');
    socket.terminate();
    return [server, []];
  },
  'the same, the outgoing one without compression': async () => {
    const server = await serve(1);
    const socket = new WebSocket(`ws://127.0.0.1:${server.address().port}`, { perMessageDeflate: false });
    await once(socket, 'open');
    socket.terminate();
    await sleep(100);
    return [server, []];
  },
  'after one client of another server with limit 20': async () => {
    const other = await serve(20);
    const child = await join(other, 1);
    return [await serve(1), [child]];
  },
};

async function count(name) {
  let now = 0;
  let most = 0;
  const { flush } = zlib.DeflateRaw.prototype;
  zlib.DeflateRaw.prototype.flush = function (kind, done) {
    most = Math.max(most, ++now);
    return flush.call(this, kind, (...args) => {
      now--;
      done(...args);
    });
  };
  const [server, children] = await cases[name]();
  children.push(await join(server, clients));
  const news = randomBytes(256 * 1024);
  await Promise.all([...server.clients].map((socket) => new Promise((sent) => socket.send(news, sent))));
  process.send(most);
  for (const child of children) child.disconnect();
  await Promise.all(children.map((child) => once(child, 'exit')));
  process.exit();
}

const [, , role, port, number] = process.argv;
if (role === 'clients') {
  for (let i = 0; i < number; i++) new WebSocket(`ws://127.0.0.1:${port}`).on('error', () => {});
  process.on('disconnect', () => process.exit());
} else if (role) await count(role);
else {
  console.log(`Node ${process.version}, ws 8.23.0: one message to ${clients} clients, compressions at once\n`);
  const wanted = [1, 10, 1, 20];
  for (const [i, name] of Object.keys(cases).entries()) {
    const child = fork(import.meta.filename, [name]);
    const [most] = await once(child, 'message');
    await once(child, 'exit');
    const held = most === wanted[i];
    console.log(`${held ? 'as found' : 'CHANGED '}  ${name}: ${most}`);
    if (!held) process.exitCode = 1;
  }
}
JS
timeout 180 node find.mjs
