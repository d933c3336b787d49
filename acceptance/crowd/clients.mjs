/** The clients of a crowd: all in one process, each with sockets that are tapped, as in a trial. */
import { setTimeout as pass } from 'node:timers/promises';
import { realClock } from '../../dist/base/clock.js';
import { loadLibraries } from '../../dist/base/libraries.js';
import { randomStream } from '../../dist/base/schedule.js';
import { createDialer } from '../../dist/tap/dialer.js';
import { createTape } from '../../dist/tap/tape.js';
import { wsReconnect } from '../../dist/transports/ws.js';
import { answer } from './answer.mjs';

const host = '127.0.0.1';
const clock = realClock;
const atOnce = 100;
const tape = createTape(() => {}, 32 * 1024 * 1024);
const library = await loadLibraries(wsReconnect.libraries);
let connections = 0;
let clients = 0;
let back = 0;
let attempts = 0;

const connect = (port, reconnect, index) =>
  wsReconnect.connect({
    ...{ host, port, client: 'c001', library, clock, reconnect },
    dialer: createDialer({ host, port, clock, tape, nextConnection: () => connections++ }),
    random: randomStream(index, 'crowd'),
    onMessage() {},
    onError() {},
    onStage() {},
    onBack(made) {
      back++;
      attempts += made;
    },
    ...{ pollIntervalMs: 100, holdMs: 25_000, keepAlive: true, headers: {}, compression: false },
    ...{ messageBytes: 64, binary: false },
  });

answer(async (asked) => {
  if ('connect' in asked) {
    clients = asked.connect;
    for (let first = 0; first < clients; first += atOnce)
      await Promise.all(
        Array.from({ length: Math.min(atOnce, clients - first) }, (_, k) =>
          connect(asked.port, asked.reconnect, first + k),
        ),
      );
    return null;
  }
  const endMs = performance.now() + asked.backWithinMs;
  while (back < clients && performance.now() < endMs) await pass(20);
  return { back, attempts: attempts / back };
});
