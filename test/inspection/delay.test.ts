/** What the relay adds, what a reader makes wait, and that neither is taken for the other. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { watchDelay } from '../../src/inspection/delay.ts';
import { dial, eventually, pause, serveTcp } from '../network/sockets.ts';
import { inspected } from '../support/inspected.ts';

/** A clock that goes when told to, at once. */
function handClock() {
  let now = 0;
  const clock = { now: () => now, at: () => () => {} };
  return {
    clock,
    go(ms: number) {
      now += ms * 1e6;
    },
  };
}

test('what waited for its reader is not the relay’s delay, and the longest wait is told', () => {
  const { clock, go } = handClock();
  const delay = watchDelay(clock);
  const one = delay.connection();
  const pass = (ms: number) => {
    one.entered('down', clock.now());
    go(ms);
    one.left('down');
  };
  for (let n = 0; n < 400; n++) pass(1);
  one.waits('down', true);
  for (let n = 0; n < 40; n++) one.entered('down', clock.now());
  // The client reads slowly; what it sends meanwhile goes the other way and does not wait.
  one.entered('up', clock.now());
  go(1);
  one.left('up');
  go(699);
  one.waits('down', false);
  for (let n = 0; n < 40; n++) one.left('down');
  expect(delay.read()).toEqual({
    chunks: 441,
    p50Ns: 1e6,
    p99Ns: 1e6,
    slowReaders: { connections: 1, longestNs: 700e6 },
  });
});

test('a second wait on the same connection is no second connection, and a drain that ends no wait says nothing', () => {
  const { clock, go } = handClock();
  const delay = watchDelay(clock);
  const one = delay.connection();
  one.waits('up', false);
  for (const ms of [20, 10]) {
    one.waits('up', true);
    go(ms);
    one.waits('up', false);
  }
  expect(delay.read().slowReaders).toEqual({ connections: 1, longestNs: 20e6 });
});

test('a reader that pauses is told as one, and the relay’s own delay stays far below its pause', async () => {
  const bytes = randomBytes(24 * 1024 * 1024);
  await using server = await serveTcp((socket) => socket.on('data', () => socket.end(bytes)));
  await using app = await inspected(server.port);
  const client = dial({ port: app.inspector.port });
  client.socket.pause();
  client.socket.write('x');
  await eventually(() => (app.inspector.look().delay?.slowReaders.connections ?? 0) === 1);
  await pause(500);
  client.socket.resume();
  await client.until(bytes.length);
  const { delay } = await app.inspector.end();
  expect(delay?.chunks).toBeGreaterThan(300);
  expect(delay?.slowReaders.longestNs).toBeGreaterThan(4 * delay!.p99Ns!);
});

test('a reader that keeps up is not told', async () => {
  await using server = await serveTcp((socket) => socket.on('data', () => socket.end('hello')));
  await using app = await inspected(server.port);
  const client = dial({ port: app.inspector.port });
  client.socket.write('x');
  await client.ended;
  expect((await app.inspector.end()).delay?.slowReaders).toEqual({ connections: 0, longestNs: 0 });
});
