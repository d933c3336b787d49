import { median } from 'simple-statistics';
import { expect, test } from 'vitest';
import { estimate, firstOfPairs, ratios, verdictOf } from '../../bench/statistics.ts';
import { randomStream } from '../../src/base/schedule.ts';

const random = () => randomStream(1, 'test');

test('ratios are taken within the pair, so a machine that slows both down changes nothing', () => {
  const pairs = [1, 10, 100].map((slowness) => ({ ours: { ms: 3 * slowness }, peer: { ms: 2 * slowness } }));
  expect(ratios(pairs, ({ ms }) => ms)).toEqual([1.5, 1.5, 1.5]);
});

test('the interval holds the median, lies within the values, and repeats with the seed', () => {
  const values = Array.from({ length: 21 }, randomStream(7, 'values'));
  const { median: middle, low, high } = estimate(values, random());
  expect(middle).toBe(median(values));
  expect(low).toBeLessThan(middle);
  expect(high).toBeGreaterThan(middle);
  expect(low).toBeGreaterThanOrEqual(Math.min(...values));
  expect(high).toBeLessThanOrEqual(Math.max(...values));
  expect(estimate(values, random())).toEqual({ median: middle, low, high });
});

test('one value, or the same value many times, is its own interval', () => {
  expect(estimate([3], random())).toEqual({ median: 3, low: 3, high: 3 });
  expect(estimate(Array(20).fill(3), random())).toEqual({ median: 3, low: 3, high: 3 });
});

test('the interval covers the true median about 95 times in a hundred', () => {
  const draw = randomStream(5, 'samples');
  const trials = 200;
  let covered = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = estimate(
      Array.from({ length: 20 }, () => draw()),
      random(),
    );
    if (low <= 0.5 && high >= 0.5) covered++;
  }
  // Three standard errors of a share of 95 % in 200 trials are 4.6 points; the percentile method is a little narrow.
  expect(covered / trials).toBeGreaterThan(0.89);
  expect(covered / trials).toBeLessThanOrEqual(1);
});

test('four times the values give about half the interval', () => {
  const width = (count: number) => {
    const widths = Array.from({ length: 30 }, (_, trial) => {
      const { low, high } = estimate(Array.from({ length: count }, randomStream(trial, 'values')), random());
      return high - low;
    });
    return median(widths);
  };
  const gain = width(25) / width(100);
  expect(gain).toBeGreaterThan(1.5);
  expect(gain).toBeLessThan(2.6);
});

test('each variant goes first in half of the pairs, in an order that only the seed decides', () => {
  const first = firstOfPairs(20, random());
  expect(first.filter((variant) => variant === 'ours')).toHaveLength(10);
  expect(first).not.toEqual(Array.from({ length: 20 }, (_, index) => (index % 2 ? 'peer' : 'ours')));
  expect(firstOfPairs(20, random())).toEqual(first);
  expect(firstOfPairs(3, random())).toHaveLength(3);
});

test('an aim is met by the median, open where only the interval reaches it, from whichever side', () => {
  const ratio = { median: 1.08, low: 1.05, high: 1.1 };
  expect([1.08, 1.07, 1.05, 1.04].map((atMost) => verdictOf(ratio, { atMost }))).toEqual([
    ...['met', 'open', 'open', 'not met'],
  ]);
  expect([1.08, 1.09, 1.1, 1.11].map((atLeast) => verdictOf(ratio, { atLeast }))).toEqual([
    ...['met', 'open', 'open', 'not met'],
  ]);
});
