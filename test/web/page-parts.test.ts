/** The pure parts of the page: words, quantiles, netstrings, the site's clock, what a lane has lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeMailbox } from '../../src/protocol.ts';
import { readNetstrings } from '../../src/web/netstrings.ts';
import { timesOf } from '../../src/web/quantile.ts';
import { createSiteClock } from '../../src/web/site-clock.ts';
import { openTrack } from '../../src/web/track.ts';
import { catalogues, type WordKey } from '../../src/web/words.ts';

const keys = Object.keys(catalogues.en) as WordKey[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([one]) => one).toSorted();

test.each(keys)('%s has the same placeholders in both languages', (key) => {
  expect(placeholders(catalogues.ko[key])).toEqual(placeholders(catalogues.en[key]));
});

test('the browser reads the mailbox that the protocol writes, whatever the messages', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (messages) => {
      expect(readNetstrings(encodeMailbox(messages))).toEqual(messages);
    }),
  );
  expect(() => readNetstrings(Buffer.from('3:ab'))).toThrow(/no netstring/);
});

test('quantiles are samples; a 95th percentile needs twenty', () => {
  expect(timesOf([])).toEqual({ count: 0, mean: null, p50: null, p95: null });
  expect(timesOf([3, 1, 2])).toEqual({ count: 3, mean: 2, p50: 2, p95: null });
  expect(timesOf(Array.from({ length: 100 }, (_, index) => index + 1))).toMatchObject({ p50: 50, p95: 95 });
});

test('the site’s clock comes from the quickest ping, and is right where both ways take as long', () => {
  const clock = createSiteClock();
  expect(clock.at(0)).toBeNull();
  // The site is 1,000 ms ahead; the way takes 40 ms each.
  clock.take({ sentMs: 0, siteMs: 1040, heardMs: 80 });
  // A slow answer would say something else.
  clock.take({ sentMs: 100, siteMs: 1140, heardMs: 900 });
  expect(clock.at(500)).toBe(1500);
});

test('a lane loses what is missing below what has come; what came before it was there is no loss', () => {
  const track = openTrack();
  for (const n of [5, 6, 9, 10]) track.take({ n, dueMs: n, atMs: n + 1 });
  expect([...track.lost]).toEqual([7, 8]);
  expect([track.first(), track.last(), track.ages()]).toEqual([5, 10, [1, 1, 1, 1]]);
  track.become('reconnecting', 20);
  expect(track.backMs()).toBeNull();
  track.become('open', 30);
  expect(track.backMs()).toBe(30);
});
