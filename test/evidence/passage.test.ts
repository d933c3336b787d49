/**
 * What comes through a proxy: streams judged from times written here, and one npm proxy, live, compared with the kept
 * run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBetween, realIn } from '../../src/network/between.ts';
import { probeAll } from '../../src/questions/passage/all-passages.ts';
import type { ProbedProxy } from '../../src/questions/passage/configuration-passage.ts';
import { eventBytes, eventsInAll, loneEvents } from '../../src/questions/passage/facing-routes.ts';
import { judgeStream } from '../../src/questions/passage/stream-passage.ts';
import { markdownBlocks } from '../../src/report/skins/markdown.ts';
import { passageBlocks } from '../../src/report/views/passage/passage-blocks.ts';

const docs = join(import.meta.dirname, '../../docs');
const kept = JSON.parse(readFileSync(join(docs, 'proxies.json'), 'utf8'));

/** Lone events half a second apart, then one each millisecond. */
const written = Array.from({ length: eventsInAll }, (_, n) =>
  n < loneEvents ? 500 * n : 500 * loneEvents + (n - loneEvents),
);
const come = { headMs: 0, coding: null };
const seen = (deliveries: { atMs: number; bytes: number }[]) =>
  judgeStream({ ...come, written, deliveries, offset: 0, endMs: 3000, isStopped: false });
const whole = eventsInAll * eventBytes;

test('event by event, and late by as much as each event waits', () => {
  expect(seen(written.map((atMs) => ({ atMs, bytes: eventBytes })))).toMatchObject({
    how: 'event by event',
    ms: 0,
  });
  const late = written.map((atMs) => ({ atMs: atMs + 205, bytes: eventBytes }));
  expect(seen(late)).toMatchObject({ how: 'late', ms: 205 });
});

/** Lets go what has come whenever there are so many bytes, and the rest at the end. */
function held(size: number) {
  const deliveries = [];
  let waiting = 0;
  for (const atMs of written) {
    waiting += eventBytes;
    for (; waiting >= size; waiting -= size) deliveries.push({ atMs, bytes: size });
  }
  return [...deliveries, { atMs: (written.at(-1) ?? 0) + 500, bytes: waiting }];
}

test.each([1024, 4096, 8192, 16_384])(
  'a buffer of %d bytes is told by its size, wherever events end',
  (size) => {
    expect(seen(held(size))).toEqual({ how: 'buffered', bytes: size, ...come });
  },
);

test('what lets nothing go before the end, and what loses events', () => {
  expect(seen([{ atMs: 10_000, bytes: whole }])).toEqual({ how: 'at the end', ...come });
  expect(seen([{ atMs: 10, bytes: 10 * eventBytes }])).toEqual({ how: 'cut', ms: 3000, events: 10 });
  expect(seen([])).toMatchObject({ how: 'cut', events: 0 });
});

/** Of what was found, what no clock and no port is in; bytes an echo are those of a version of Node. */
function exactOf({ upgrade, fallback, death, dyingPost, connections, sharing, heads }: ProbedProxy) {
  const ends = [death.chunked, death.length, dyingPost].map(({ status, end, by }) => ({ status, end, by }));
  const isSameNode = kept.environment.node.split('.', 1)[0] === process.versions.node.split('.', 1)[0];
  const changes = heads?.map(({ message, change, name }) => [message, change, name]);
  return {
    upgrade,
    ends,
    deliveries: dyingPost.deliveries,
    connections,
    sharing,
    changes,
    fallback: isSameNode ? fallback : fallback.how,
  };
}

test('a proxy of npm, live: what is exact is what the kept run says of its version', async () => {
  const [chosen] = realIn(readBetween('httpxy:websocket'));
  const patience = { holdMs: 50, idleMs: 200 };
  const [probed] = await probeAll([chosen!], patience, new AbortController().signal, () => {});
  expect(['event by event', 'late']).toContain(probed!.stream.how);
  expect(probed).toMatchObject({
    upgrade: { how: 'passes', status: 101, pong: 'server' },
    otherUpgrade: null,
    sharing: { atOnce: 2, after: 2, notStored: null, refused: { atOnce: null, after: null } },
    idle: { stream: { how: 'open' }, poll: { how: 'open' }, websocket: { how: 'open' } },
    reload: null,
  });
  const { name, flavour, version } = chosen!;
  const row = kept.proxies.find(
    (one: typeof chosen) => one!.name === name && one!.flavour === flavour && one!.version === version,
  );
  expect(row, 'docs/proxies.json is stale: npm run docs:proxies').toBeDefined();
  expect(exactOf(row), 'docs/proxies.json is stale: npm run docs:proxies').toEqual(exactOf(probed!));
});

test('docs/proxies.md is docs/proxies.json, told: nine proxies with their versions', () => {
  expect(new Set(kept.proxies.map(({ name }: { name: string }) => name)).size).toBe(9);
  expect(readFileSync(join(docs, 'proxies.md'), 'utf8')).toBe(
    `${markdownBlocks(passageBlocks(kept, { language: 'en' }))}\n`,
  );
});

test('pieces of what was coded are as large as what came at once, however a decoder cut them', () => {
  const coded = { headMs: 0, coding: 'gzip' };
  const cut = held(4096).flatMap(({ atMs, bytes }) => [
    { atMs, bytes: bytes - 1000 },
    { atMs, bytes: 1000 },
  ]);
  expect(
    judgeStream({ ...coded, written, deliveries: cut, offset: 0, endMs: 3000, isStopped: false }),
  ).toEqual({
    how: 'buffered',
    bytes: 4096,
    ...coded,
  });
});

test('a burst that comes at a pace is slowed to it, and one that goes on is slowed too', () => {
  const paced = written.map((atMs, n) => ({
    atMs: atMs + 10 * Math.max(0, n - loneEvents),
    bytes: eventBytes,
  }));
  const slow = seen(paced);
  expect(slow.how).toBe('slow');
  // One event each 11 ms.
  expect(slow).toHaveProperty('bytesPerSecond', expect.closeTo((1000 / 11) * eventBytes, 0));
  const stopped = {
    ...come,
    written,
    deliveries: paced.slice(0, 300),
    offset: 0,
    endMs: 15_000,
    isStopped: true,
  };
  expect(judgeStream(stopped)).toMatchObject({ how: 'slow' });
});
