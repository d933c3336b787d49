#!/usr/bin/env bash
# Node's HTTP server and the clients in front of it: a keep-alive of 2.9 s is no keep-alive.
#
# A good guess: a server that keeps idle connections for 2.9 s lets a poll every 20 ms travel over one connection.
# What happens: the server announces whole seconds, rounded down (`Keep-Alive: timeout=2`), and the clients subtract a
#   margin for the way there: `http.Agent` one second, undici (and so `fetch`) two. What is left is how long an idle
#   connection may be used again; if nothing is left, it is closed after every answer. With T the server's
#   keepAliveTimeout, http.Agent and what stands on it (axios, got, needle, node-fetch) reuse it if floor(T) ≥ 2 s,
#   `fetch` if floor(T) ≥ 3 s, superagent never (it asks for `Connection: close`). Below that, ten polls are ten TCP
#   connections, though both sides say `keep-alive`.
# Versions: Node 20.20.2, 22.23.3, 24.21.0; undici 7.30.2, axios 1.21.1, got 14.6.6, needle 3.5.0, superagent 10.4.2,
#   node-fetch 3.3.2.
# Why it matters: polling and long polling are judged by their connections. Whether "HTTP connects for every message"
#   is true of the same server turns on a second of its timeout and on the client library; the default of 5 s hides it.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund undici@7.30.2 axios@1.21.1 got@14.6.6 needle@3.5.0 superagent@10.4.2 \
  node-fetch@3.3.2

cat > find.mjs <<'JS'
import { once } from 'node:events';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import axios from 'axios';
import got from 'got';
import needle from 'needle';
import nodeFetch from 'node-fetch';
import superagent from 'superagent';
import * as undici from 'undici';

const keepingAgent = new http.Agent({ keepAlive: true });
const plain = async (url, options = {}) => {
  const [answer] = await once(http.get(url, options), 'response');
  await once(answer.resume(), 'end');
};
// The whole seconds that the server must announce before a connection is reused; null: never.
const clients = {
  'http.get, default agent': [plain, 2],
  'http.Agent, keepAlive': [(url) => plain(url, { agent: keepingAgent }), 2],
  axios: [(url) => axios.get(url), 2],
  got: [(url) => got(url), 2],
  needle: [(url) => needle('get', url), 2],
  'node-fetch': [async (url) => (await nodeFetch(url)).text(), 2],
  'fetch of Node': [async (url) => (await fetch(url)).text(), 3],
  'undici fetch': [async (url) => (await undici.fetch(url)).text(), 3],
  'undici request': [async (url) => (await undici.request(url)).body.text(), 3],
  superagent: [(url) => superagent.get(url), null],
};
const timeouts = [1000, 1999, 2000, 2999, 3000, 65_000];
const polls = 10;

async function connections(poll, keepAliveTimeout) {
  const server = http.createServer({ keepAliveTimeout }, (_request, response) => {
    response.setHeader('content-type', 'text/plain');
    response.end('nothing new');
  });
  let opened = 0;
  server.on('connection', () => opened++);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  for (let i = 0; i < polls; i++) {
    await poll(`http://127.0.0.1:${server.address().port}/`);
    await sleep(20);
  }
  server.close();
  server.closeAllConnections();
  return opened;
}

console.log(`Node ${process.version}: TCP connections of ${polls} polls, 20 ms apart, by keepAliveTimeout of the server\n`);
console.log(`${''.padEnd(26)}${timeouts.map((ms) => `${ms / 1000} s`.padStart(9)).join('')}`);
for (const [name, [poll, seconds]] of Object.entries(clients)) {
  const seen = [];
  for (const ms of timeouts) seen.push(await connections(poll, ms));
  const held = timeouts.every((ms, i) => {
    const reuses = seconds !== null && Math.floor(ms / 1000) >= seconds;
    return reuses ? seen[i] < polls / 2 : seen[i] === polls;
  });
  console.log(`${name.padEnd(26)}${seen.map((count) => String(count).padStart(9)).join('')}  ${held ? 'as found' : 'CHANGED'}`);
  if (!held) process.exitCode = 1;
}
process.exit();
JS
timeout 180 node find.mjs
