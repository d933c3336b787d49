/** The server of a crowd: a `ws` that ignores messages and sends none, and closes when the parent asks for it. */
import { setTimeout as pass } from 'node:timers/promises';
import { serverOf } from '../../dist/servers/index.js';
import { patient } from '../../dist/servers/server.js';
import { answer } from './answer.mjs';

let inside = 0;
let server;
const quiet = {
  joined() {
    inside++;
  },
  message() {},
  left() {
    inside--;
  },
};

async function listen(port) {
  const { start } = await serverOf('ws');
  server = await start(quiet, { ...patient, host: '127.0.0.1', port, messageBytes: 64, heartbeatMs: null });
  return server.port;
}

answer(async (asked) => {
  if (asked === 'start') return listen(0);
  if (asked === 'inside') return inside;
  const { port } = server;
  await server.close();
  await pass(asked.awayMs);
  return listen(port);
});
