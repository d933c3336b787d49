#!/usr/bin/env bash
# Socket.IO: of the volatile events of one turn only the first is sent, on an idle connection, too.
#
# A good guess: `volatile` drops events when the network cannot keep up; on an idle loopback everything arrives.
# What happens: an event is dropped when the transport is not "writable", and the transport stops being writable with
#   the first packet of the turn, be it volatile or not, until the packet has been handed on. So over WebSocket at
#   most one volatile event a turn of the event loop gets through, and none after an ordinary `emit` in the same turn;
#   over polling one for each GET that the client brings. Which one is no chance: a game that sends positions, scores
#   and the clock in every tick delivers all positions and never a score. The client's side does the same.
# Versions: socket.io and socket.io-client 4.8.4; Node 20.20.2, 22.23.3, 24.21.0. With connectionStateRecovery, too.
# Why it matters: volatile is the advice for positions and prices. Put all that belongs to one tick into one event.
set -euo pipefail
room="$(mktemp -d)"
trap 'rm -rf "$room"' EXIT
cd "$room"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund socket.io@4.8.4 socket.io-client@4.8.4

cat > find.mjs <<'JS'
import { once } from 'node:events';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';

async function pair(transport, options) {
  const server = new Server(options);
  server.listen(0);
  const url = `http://127.0.0.1:${server.httpServer.address().port}`;
  const client = io(url, { transports: [transport], forceNew: true });
  const [socket] = await once(server, 'connection');
  await once(client, 'connect');
  await sleep(300);
  const end = () => (client.close(), server.close());
  return { server, socket, client, end };
}

// What `to` receives while `say` runs, by name; then the line is left to fall silent.
async function count(to, say) {
  const seen = {};
  const note = (name) => (seen[name] = (seen[name] ?? 0) + 1);
  to.onAny(note);
  await say();
  await sleep(400);
  to.offAny(note);
  return seen;
}

const ten = (emit) => async () => { for (let i = 0; i < 10; i++) emit(); };
const changed = (sentence, held) => {
  console.log(`${held ? 'as found' : 'CHANGED '}  ${sentence}`);
  if (!held) process.exitCode = 1;
};

for (const [transport, options] of [['websocket', {}], ['websocket', { connectionStateRecovery: {} }], ['polling', {}]]) {
  console.log(`Node ${process.version}, socket.io 4.8.4, ${transport}${options.connectionStateRecovery ? ' with connectionStateRecovery' : ''}, nobody else on the line`);
  const { server, socket, client, end } = await pair(transport, options);

  const down = await count(client, ten(() => socket.volatile.emit('v')));
  changed(`10 volatile events in one turn: ${down.v} arrived`, down.v === 1);
  const all = await count(client, ten(() => server.volatile.emit('v')));
  changed(`10 to everybody: ${all.v} arrived`, all.v === 1);
  const up = await count(socket, ten(() => client.volatile.emit('v')));
  changed(`10 from the client: ${up.v} arrived`, up.v === 1);
  const after = await count(client, async () => {
    socket.emit('reliable');
    socket.volatile.emit('v');
  });
  changed(`1 after an ordinary one: ${after.v ?? 0} arrived`, after.reliable === 1 && after.v === undefined);

  const spread = await count(client, async () => {
    for (let i = 0; i < 10; i++) {
      socket.volatile.emit('v');
      await turn();
    }
  });
  const expected = transport === 'websocket' ? spread.v === 10 : spread.v < 10;
  changed(`10 in ten turns: ${spread.v} arrived`, expected);

  const game = await count(client, async () => {
    for (let i = 0; i < 20; i++) {
      for (const name of ['positions', 'scores', 'clock']) socket.volatile.emit(name);
      await sleep(50);
    }
  });
  const { positions = 0, scores = 0, clock = 0 } = game;
  changed(`20 ticks of three events: ${positions} positions, ${scores} scores, ${clock} clocks`, positions > 10 && scores + clock === 0);
  console.log();
  await end();
}
process.exit();
JS
timeout 180 node find.mjs
