import { expect, test } from 'vitest';
import { createSamples } from '../../src/metrics/samples.ts';

const filled = (values: Iterable<number>, limit?: number) => {
  const samples = createSamples(limit);
  for (const value of values) samples.record(value);
  return samples;
};
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('without samples there is no latency', () => {
  expect(createSamples().summary('echo')).toBeNull();
});

test('quantiles are those of the samples themselves, in whatever order they came', () => {
  const summary = filled(upTo(1000).reverse()).summary('age');
  expect(summary).toMatchObject({ kind: 'age', count: 1000, min: 1, max: 1000, mean: 500.5 });
  expect([summary?.p50, summary?.p90, summary?.p95, summary?.p99]).toEqual([500, 900, 950, 990]);
});

test('a quantile is null on its own where samples are too few', () => {
  expect(filled(upTo(298)).summary('echo')).toMatchObject({ p50: 149, p95: 284, p99: null });
  expect(filled(upTo(299)).summary('echo')?.p99).toBe(297);
  expect(filled(upTo(4)).summary('echo')).toMatchObject({ p50: null, min: 1, max: 4 });
});

test('past the bound the histogram takes over, to three digits, and min, max and mean stay exact', () => {
  const summary = filled(upTo(20_000), 10).summary('echo');
  expect(summary).toMatchObject({ count: 20_000, min: 1, max: 20_000, mean: 10_000.5 });
  expect(Math.abs((summary?.p99 ?? 0) / 19_800 - 1)).toBeLessThan(0.002);
});

test('the buckets of the report hold every sample once, inside their bounds', () => {
  const values = [0, 1, 5, 1e3, 1e6, 1.01e6, 3e9];
  const buckets = filled(values).summary('echo')?.histogram ?? [];
  expect(buckets.reduce((sum, [, , n]) => sum + n, 0)).toBe(values.length);
  for (const value of values.slice(1)) {
    expect(buckets.some(([low, high]) => low <= value * 1.0001 && value < high * 1.0001)).toBe(true);
  }
});
