import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { afterReading, realClock, sleepRoughly, sleepUntil, virtualClock } from '../src/base/clock.ts';
import { standStill } from './support/stand-still.ts';

test('the real clock never calls before the due time', async () => {
  const early: number[] = [];
  await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const dueNs = realClock.now() + (i % 40) * 0.37e6;
      await sleepUntil(realClock, dueNs);
      const leftNs = dueNs - realClock.now();
      if (leftNs > 0) early.push(leftNs);
    }),
  );
  expect(early).toEqual([]);
});

test('a rough sleep is never over before its time, and leaves the event loop alone', async () => {
  const early: number[] = [];
  await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const dueNs = realClock.now() + (i % 40) * 0.37e6;
      await sleepRoughly(realClock, dueNs);
      if (dueNs > realClock.now()) early.push(dueNs - realClock.now());
    }),
  );
  expect(early).toEqual([]);
  // With the exact clock the same wait takes many turns of the event loop.
  const busy = process.cpuUsage();
  await Promise.all(Array.from({ length: 40 }, (_, i) => sleepUntil(realClock, realClock.now() + i * 5e6)));
  const exact = process.cpuUsage(busy);
  const calm = process.cpuUsage();
  await Promise.all(Array.from({ length: 40 }, (_, i) => sleepRoughly(realClock, realClock.now() + i * 5e6)));
  const rough = process.cpuUsage(calm);
  expect(rough.user + rough.system).toBeLessThan(exact.user + exact.system);
  const clock = virtualClock();
  const slept = sleepRoughly(clock, 5e6).then(() => clock.now());
  await clock.advance(10e6);
  expect(await slept).toBe(5e6);
});

test('a cancelled action is never called, at whatever stage it was cancelled', async () => {
  const called: number[] = [];
  for (const ms of [0, 1, 50]) {
    const cancel = realClock.at(realClock.now() + ms * 1e6, () => called.push(ms));
    if (ms === 50) await sleepUntil(realClock, realClock.now() + 2e6);
    cancel();
    // On a busy machine the last one may have come due before it could be cancelled.
    called.length = 0;
  }
  await sleepUntil(realClock, realClock.now() + 60e6);
  expect(called).toEqual([]);
});

test('sleeping ends at once when its signal is aborted', async () => {
  const stop = new AbortController();
  const sleeping = sleepUntil(realClock, realClock.now() + 3600e9, stop.signal);
  stop.abort(new Error('enough'));
  await expect(sleeping).rejects.toThrow('enough');
  await expect(sleepUntil(realClock, 0, stop.signal)).rejects.toThrow('enough');
});

test('the virtual clock runs actions in order of their due times, and at them', async () => {
  const clock = virtualClock(100);
  const log: [string, number][] = [];
  const say = (name: string) => () => log.push([name, clock.now()]);
  clock.at(300, say('c'));
  clock.at(200, say('a'));
  clock.at(200, say('b'));
  clock.at(50, say('late already'));
  const cancel = clock.at(250, say('never'));
  cancel();
  await clock.advance(250);
  expect(clock.now()).toBe(250);
  await clock.advance(300);
  expect(log).toEqual([
    ['late already', 100],
    ['a', 200],
    ['b', 200],
    ['c', 300],
  ]);
});

test('an action of the virtual clock may await and set further ones before time moves on', async () => {
  const clock = virtualClock();
  const times: number[] = [];
  const run = async () => {
    for (const dueNs of [10, 20, 30]) {
      await sleepUntil(clock, dueNs);
      await Promise.resolve();
      times.push(clock.now());
    }
  };
  void run();
  await clock.advance(100);
  expect(times).toEqual([10, 20, 30]);
});

test('what had arrived while the process stood still is read before a deadline for it passes', async () => {
  const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const order: string[] = [];
  const read = new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      afterReading(20, () => order.push('deadline'));
      // The answer arrives and the deadline passes while the event loop is blocked.
      setImmediate(() => standStill(100));
    });
    socket.once('data', () => order.push('answer')).once('close', () => resolve());
  });
  await read;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(order).toEqual(['answer', 'deadline']);
  server.close();
});

test('a deadline that is called off never comes, whether it is due or not', async () => {
  const called: string[] = [];
  afterReading(1000, () => called.push('early'))();
  const late = afterReading(1, () => called.push('late'));
  await new Promise<void>((resolve) => setTimeout(() => setImmediate(() => resolve(late())), 10));
  const seen = called.length;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(called).toHaveLength(seen);
  expect(called).not.toContain('early');
});
