import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/schedule.ts';
import type { Trial } from '../../src/document/report.ts';
import { estimate } from '../../src/metrics/bootstrap.ts';
import { summarize } from '../../src/run/summary.ts';
import { trial as make } from '../report/fixture.ts';

const repeated = (transport: string, p50s: number[]): Trial[] =>
  p50s.map((p50, repeat) => {
    const trial = make({ transport });
    return { ...trial, repeat, latency: trial.latency && { ...trial.latency, p50 } };
  });
const row = (trials: Trial[], transport: string, metric: string) =>
  summarize(trials, 1).find((one) => one.transport === transport && one.metric === metric);

test('one repeat is no summary', () => {
  expect(summarize(repeated('ws', [1]), 1)).toEqual([]);
});

test('repeats have the median of their figures, and an interval from five on', () => {
  expect(row(repeated('ws', [3, 1, 2]), 'ws', 'latency.p50')).toMatchObject({
    median: 2,
    low: null,
    high: null,
  });
  const five = row(repeated('ws', [5, 1, 3, 2, 4]), 'ws', 'latency.p50');
  expect(five?.median).toBe(3);
  expect(five!.low).toBeGreaterThanOrEqual(1);
  expect(five!.low).toBeLessThan(3);
  expect(five!.high).toBeGreaterThan(3);
});

test('the ratio to the floor is taken repeat by repeat, not of the medians', () => {
  // Each repeat is ten times as slow as the one before, for both: the ratio stays 2.
  const trials = [...repeated('ws', [2, 20, 200]), ...repeated('tcp', [1, 10, 100])];
  expect(row(trials, 'ws', 'latency.p50 / tcp')?.median).toBe(2);
  expect(row(trials, 'tcp', 'latency.p50 / tcp')).toBeUndefined();
});

test('invalid trials do not count, and different loads are different rows', () => {
  const [first, second, third] = repeated('ws', [1, 2, 300]);
  const trials = [first!, second!, { ...third!, verdict: 'invalid' as const }];
  expect(row(trials, 'ws', 'latency.p50')?.median).toBe(1.5);
  const other = repeated('ws', [7, 9]).map((one) => ({ ...one, load: { ...one.load, clients: 99 } }));
  expect(
    summarize([first!, second!, ...other], 1).filter(({ metric }) => metric === 'latency.p50'),
  ).toHaveLength(2);
});

test('the interval covers the median of the source 95 times in 100, or nearly', () => {
  const random = randomStream(5, 'bootstrap');
  const covered = Array.from({ length: 200 }, () => {
    const values = Array.from({ length: 21 }, random);
    const { low, high } = estimate(values, random);
    return low <= 0.5 && 0.5 <= high;
  }).filter(Boolean).length;
  // Percentile intervals of small samples are a little too narrow; four standard errors below 92 %.
  expect(covered).toBeGreaterThan(200 * (0.92 - 4 * Math.sqrt((0.92 * 0.08) / 200)));
});
