import { expect, test } from 'vitest';
import { uniform } from '../../src/laws/distribution.ts';
import {
  binomialInterval,
  emptyShareTolerance,
  ksLimit,
  ksStatistic,
  nearestRank,
  pollMeanTolerance,
  samplesNeeded,
} from '../../src/laws/tolerance.ts';
import { seeded } from './simulation.ts';

test('a quantile by nearest rank is one of the samples', () => {
  const sorted = Array.from({ length: 100 }, (_, k) => k + 1);
  expect([0, 0.5, 0.951, 1].map((q) => nearestRank(sorted, q))).toEqual([1, 50, 96, 100]);
  expect(nearestRank([7], 0.01)).toBe(7);
  expect(nearestRank([], 0.5)).toBeNull();
});

test('a p99 needs 299 samples and a p99.9 needs 2,995', () => {
  expect([0.5, 0.9, 0.95, 0.99, 0.999].map(samplesNeeded)).toEqual([5, 29, 59, 299, 2995]);
});

test('that many samples are just enough for 19 chances in 20 to have seen beyond the quantile', () => {
  for (const q of [0.5, 0.9, 0.99, 0.999]) {
    expect(q ** samplesNeeded(q)).toBeLessThanOrEqual(0.05);
    expect(q ** (samplesNeeded(q) - 1)).toBeGreaterThan(0.05);
  }
});

test('the mean of n polled ages may lie four standard errors away', () => {
  expect(pollMeanTolerance(500, 300)).toBeCloseTo(4 * (500 / Math.sqrt(12) / Math.sqrt(300)), 12);
  expect(emptyShareTolerance(0.5, 400)).toBeCloseTo(0.1, 12);
});

test('the Kolmogorov–Smirnov distance is the largest gap on either side of a stair', () => {
  const { cdf } = uniform(0, 1);
  expect(ksStatistic([0.5], cdf)).toBeCloseTo(0.5, 12);
  expect(ksStatistic([0.75, 0.25], cdf)).toBeCloseTo(0.25, 12);
  expect(ksStatistic([0.1, 0.1, 0.1], cdf)).toBeCloseTo(0.9, 12);
  expect(ksStatistic([2, 3], cdf)).toBe(1);
  expect(ksStatistic([], cdf)).toBeNaN();
});

test('a predicted constant is met by that constant and by nothing else', () => {
  const { cdf, mean, sd } = uniform(20, 20);
  expect([mean, sd]).toEqual([20, 0]);
  expect(ksStatistic([20, 20, 20], cdf)).toBe(0);
  expect(ksStatistic([20, 20, 20.001], cdf)).toBeCloseTo(1 / 3, 12);
  expect(ksStatistic([19.9, 20, 20], cdf)).toBeCloseTo(1 / 3, 12);
});

test('the limit accepts a true uniform and rejects one that is a twentieth too wide', () => {
  const random = seeded(11);
  const samples = Array.from({ length: 5000 }, () => 20 + 500 * random());
  expect(ksStatistic(samples, uniform(20, 520).cdf)).toBeLessThan(ksLimit(5000));
  expect(ksStatistic(samples, uniform(20, 545).cdf)).toBeGreaterThan(ksLimit(5000));
});

test('the limit is exceeded about once in ten thousand true runs', () => {
  const random = seeded(12);
  expect(ksLimit(100)).toBeCloseTo(0.223, 12);
  expect(2 * Math.exp(-2 * ksLimit(1) ** 2)).toBeCloseTo(1e-4, 5);
  let rejected = 0;
  for (let run = 0; run < 20_000; run++) {
    const samples = Array.from({ length: 40 }, random);
    if (ksStatistic(samples, uniform(0, 1).cdf) > ksLimit(40)) rejected++;
  }
  expect(rejected).toBeLessThanOrEqual(8);
});

test('between the ends of a binomial interval lies all but the share that was named, half of it at most on either side', () => {
  // Of ten fair coins: P(X ≤ 1) = 11/1024 is below 2.5 %, P(X ≤ 2) = 56/1024 above.
  expect(binomialInterval(10, 0.5, 0.05)).toEqual([2, 8]);
  // One chance in 1,024 of none is more than half of one in a thousand.
  expect(binomialInterval(10, 0.5, 0.001)).toEqual([0, 10]);
  expect([binomialInterval(60, 1, 0.001), binomialInterval(60, 0, 0.001)]).toEqual([
    [60, 60],
    [0, 0],
  ]);
  // Of ten that are met one time in ten, P(X ≤ 2) = 0.930 and P(X ≤ 3) = 0.987.
  expect([binomialInterval(10, 0.1, 0.05), binomialInterval(10, 0.9, 0.05)]).toEqual([
    [0, 3],
    [7, 10],
  ]);
  // Just half of the share may be left on either side: of two coins, a quarter is P(X = 0), and P(X = 2).
  expect(binomialInterval(2, 0.5, 0.5)).toEqual([1, 1]);
  // However small the share, there is no count above n.
  expect(binomialInterval(7, 0.3, 0)).toEqual([0, 7]);
  // (1 − p)^n alone is no number that a computer has.
  const [low, high] = binomialInterval(10_000, 0.5, 0.001);
  expect(low + high).toBe(10_000);
  expect((high - 5000) / 50).toBeCloseTo(3.29, 1);
});
