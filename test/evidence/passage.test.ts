/** What comes through a proxy: streams judged from times that are written here, and one proxy of npm, live, against the kept run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBetween, realIn } from '../../src/network/between.ts';
import { probeProxy } from '../../src/questions/passage/configuration-passage.ts';
import { eventBytes, eventsInAll, loneEvents } from '../../src/questions/passage/facing-server.ts';
import { judgeStream } from '../../src/questions/passage/stream-passage.ts';
import { markdownBlocks } from '../../src/report/skins/markdown.ts';
import { passageBlocks } from '../../src/report/views/passage/passage-blocks.ts';

const docs = join(import.meta.dirname, '../../docs');
const kept = JSON.parse(readFileSync(join(docs, 'proxies.json'), 'utf8'));

/** Lone events half a second apart, then one each millisecond. */
const written = Array.from({ length: eventsInAll }, (_, n) =>
  n < loneEvents ? 500 * n : 500 * loneEvents + (n - loneEvents),
);
const seen = (deliveries: { atMs: number; bytes: number }[]) =>
  judgeStream({ headMs: 0, written, deliveries, offset: 0 });
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
    expect(seen(held(size))).toEqual({ how: 'buffered', bytes: size, headMs: 0 });
  },
);

test('what lets nothing go before the end, and what loses events', () => {
  expect(seen([{ atMs: 10_000, bytes: whole }])).toEqual({ how: 'at the end', headMs: 0 });
  expect(seen([{ atMs: 10, bytes: 10 * eventBytes }])).toEqual({ how: 'broken', why: `10/${eventsInAll}` });
  expect(seen([])).toMatchObject({ how: 'broken' });
});

test('a proxy of npm, live: what is exact is what the kept run says of its version', async () => {
  const [chosen] = realIn(readBetween('httpxy:websocket'));
  const { upgrade, fallback, death, dyingPost, connections, readers, stream } = await probeProxy(chosen!, 50);
  const exact = { upgrade, fallback, death, dyingPost, connections, readers };
  expect(['event by event', 'late']).toContain(stream.how);
  expect(exact).toMatchObject({ upgrade: { how: 'passes', status: 101, pong: 'server' }, readers: 2 });
  const { name, flavour, version } = chosen!;
  const row = kept.proxies.find(
    (one: typeof chosen) => one!.name === name && one!.flavour === flavour && one!.version === version,
  );
  expect(row, 'docs/proxies.json is stale: npm run docs:proxies').toMatchObject(exact);
});

test('docs/proxies.md is docs/proxies.json, told: nine proxies with their versions', () => {
  expect(new Set(kept.proxies.map(({ name }: { name: string }) => name)).size).toBe(9);
  expect(readFileSync(join(docs, 'proxies.md'), 'utf8')).toBe(
    `${markdownBlocks(passageBlocks(kept, { language: 'en' }))}\n`,
  );
});
