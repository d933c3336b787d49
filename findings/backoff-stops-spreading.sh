#!/usr/bin/env bash
# Socket.IO's clients stop spreading after the fourth attempt: the longer the outage, the more exactly each of them comes again
# five seconds after its last attempt.
#
# A good guess: with `randomizationFactor: 0.5` each wait is drawn anew between half and one and a half of its length, so a herd
#   of clients spreads more with every attempt, and after a long outage they come back evenly over the longest wait.
# What happens: the limit (`reconnectionDelayMax`) is applied after the spread, to its result. As soon as even the shortest wait
#   would be longer than the limit (from the fifth attempt on, with the defaults), every client waits exactly the limit, and
#   nothing is random any more. What the first four waits have spread is all there will ever be, and the herd comes by as the
#   same hump once in every limit. Raising the limit and not the first wait is what spreads it further.
# Versions: socket.io-client 4.8.4 (contrib/backo2), Node 20.20.2.
# Why it matters: a server that is away for minutes is met by all its clients in the same two or three seconds of every five,
#   whatever the jitter is set to; capacity for a reconnect storm has to be planned for that hump, not for an even arrival.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund socket.io-client@4.8.4

cat > find.mjs <<'JS'
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { Manager } from 'socket.io-client';

const { version } = createRequire(import.meta.url)('socket.io-client/package.json');
console.log(`socket.io-client ${version}, Node ${process.version}`);

// A port that nobody listens on: what was free a moment ago.
const probe = createServer().listen(0, '127.0.0.1');
await new Promise((listening) => probe.once('listening', listening));
const { port } = probe.address();
await new Promise((closed) => probe.close(closed));

// The defaults, a tenth as long: 100, 200, 400 ms … at most 500.
const clients = 60;
const attempts = 8;
/** Waits before attempt k, of all clients. */
const waits = Array.from({ length: attempts }, () => []);
await Promise.all(
  Array.from({ length: clients }, () => {
    const manager = new Manager(`http://127.0.0.1:${port}`, {
      autoConnect: false,
      transports: ['websocket'],
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
      randomizationFactor: 0.5,
    });
    return new Promise((done) => {
      let failed;
      let attempt = 0;
      const start = () => (failed = performance.now());
      manager.on('reconnect_error', start);
      manager.on('reconnect_attempt', () => {
        waits[attempt++].push(performance.now() - failed);
        if (attempt < attempts) return;
        manager.reconnection(false);
        done();
      });
      // A first connection that fails is tried again only by whoever asks: this is what `io()` does.
      manager.open((error) => {
        if (!error) throw new Error('somebody listens there');
        start();
        manager.reconnect();
      });
    });
  }),
);

const spreadOf = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  // Without the latest tenth: timers of a busy machine are late, and never early.
  return sorted[Math.floor(0.9 * sorted.length)] - sorted[0];
};
const spreads = waits.map(spreadOf);
spreads.forEach((spread, k) => console.log(`wait before attempt ${k + 1}: spread over ${spread.toFixed(0)} ms`));
const early = Math.max(...spreads.slice(0, 3));
const late = Math.max(...spreads.slice(5));
const shortest = Math.min(...waits.slice(5).flat());
console.log(`from the sixth on: none shorter than ${shortest.toFixed(0)} ms, spread ${(late / early).toFixed(2)} of what it was`);
const holds = shortest >= 495 && late < early / 3;
console.log(holds ? 'as told' : 'changed');
process.exit(holds ? 0 : 1);
JS
timeout 120 node find.mjs
