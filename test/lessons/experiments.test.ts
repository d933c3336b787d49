/** What lessons bring along besides trials: a page for the exercise, waits on a circle, a stall. */

import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { flawedScript, greeting, repairedScript, serveChat } from '../../src/lessons/chat.ts';
import { openPage } from '../../src/lessons/page.ts';
import { throughAStall } from '../../src/lessons/stall.ts';
import { arcByLaw, arcOfAges } from '../../src/lessons/waits.ts';
import { standStill } from '../support/stand-still.ts';

test('the flawed page stops at a ReferenceError, and never reaches the server', async () => {
  await using server = await serveChat();
  const page = openPage(flawedScript, `127.0.0.1:${server.port}`, { WebSocket });
  expect(page.stopped).toEqual({ name: 'ReferenceError', message: 'io is not defined' });
  expect(server.connected()).toBe(0);
});

test('a page has no more than it was given: nothing of Node, no library', () => {
  for (const name of ['process', 'require', 'fetch', 'io', 'WebSocket'])
    expect(openPage(`${name}();`, 'localhost', {}).stopped?.name, name).toBe('ReferenceError');
});

test('the repaired page is greeted, and shows to both what one of them says', async () => {
  await using server = await serveChat();
  const pages = [1, 2].map(() => openPage(repairedScript, `127.0.0.1:${server.port}`, { WebSocket }));
  const lines = () => pages.map((page) => page.lines());
  await expect.poll(lines).toEqual([[greeting], [greeting]]);
  pages[0]!.say('hello <b>all</b>');
  await expect.poll(lines).toEqual([
    [greeting, 'hello <b>all</b>'],
    [greeting, 'hello <b>all</b>'],
  ]);
  expect(pages.map(({ stopped }) => stopped)).toEqual([null, null]);
});

const ages = (...values: number[]) => ({
  latency: { histogram: values.map((ms) => [ms * 1e6, ms * 1e6, 1]) } as never,
});

test('waits lie on a circle: just above nothing and just below the interval are neighbours', () => {
  expect(arcOfAges(ages(1, 2, 99, 98), 100e6)).toBe(4e6);
  expect(arcOfAges(ages(10, 10, 10), 100e6)).toBe(0);
  expect(arcOfAges(ages(...Array.from({ length: 20 }, (_, k) => 5 * k)), 100e6)).toBe(85e6);
  expect(arcOfAges({ latency: null }, 100e6)).toBeNull();
});

test('one accident in ten does not count', () => {
  expect(arcOfAges(ages(...Array(9).fill(10), 60), 100e6)).toBe(0);
});

test('POLL5: one wait in step, twenty of them 5 ms apart at 17/20', () => {
  expect(arcByLaw({ periodNs: 100e6, intervalNs: 100e6, messages: 20 })).toBe(0);
  expect(arcByLaw({ periodNs: 85e6, intervalNs: 100e6, messages: 20 })).toBeCloseTo(85e6);
});

test('a stall that nobody asked for makes the measurement noisy', async () => {
  const { signal } = new AbortController();
  const running = throughAStall({ rate: 50, windowMs: 600, stallMs: 100, signal });
  const blocking = setInterval(() => standStill(60), 150);
  expect((await running).verdict).toBe('noisy');
  clearInterval(blocking);
});
