import { expect, test } from 'vitest';
import {
  bytes,
  compact,
  decimal,
  exact,
  milliseconds,
  narrowCount,
  share,
  time,
  times,
} from '../../src/report/blocks/quantities.ts';

const all = <T>(format: (value: T) => string, values: readonly T[]) => values.map(format);

test('times below a second are milliseconds with about three digits, above they are seconds', () => {
  const values = [0, 12_000, 210_000, 9_996_000, 12_340_000, 99_960_000, 999_400_000, 999_600_000, 12.3e9];
  expect(all(time, values)).toEqual([
    '0 ms',
    '0.012 ms',
    '0.21 ms',
    '10.0 ms',
    '12.3 ms',
    '100 ms',
    '999 ms',
    '1.0 s',
    '12.3 s',
  ]);
});

test('a bare millisecond figure keeps its thousands apart', () => {
  expect(milliseconds(12_345_678_000)).toBe('12,346');
});

test('bytes are exact below 10,000 and scaled above', () => {
  expect(all(bytes, [0, 1_234, 9_999, 10_000, 12_345, 999_499, 999_500, 1_234_567, 2e9])).toEqual([
    '0 B',
    '1,234 B',
    '9,999 B',
    '10.0 kB',
    '12.3 kB',
    '999 kB',
    '1.00 MB',
    '1.23 MB',
    '2.00 GB',
  ]);
});

test('a mean of bytes keeps one decimal while that means something', () => {
  expect(all(bytes, [217.66, 999.96, 1_234.5])).toEqual(['217.7 B', '1,000 B', '1,235 B']);
});

test('compact figures never need more than five characters', () => {
  const longest = Math.max(
    ...[9_999, 99_949, 99_951, 999_499, 999_501, 12_345_678].map((n) => compact(n).length),
  );
  expect(longest).toBe(5);
});

test('counts stay exact up to six digits in a narrow column', () => {
  expect(all(narrowCount, [999_999, 1_234_567])).toEqual(['999,999', '1.23M']);
});

test('a share that is not nothing is never printed as nothing, nor almost all as all', () => {
  expect(all(share, [0, 0.0001, 0.934, 0.99999, 1])).toEqual(['0 %', '<0.1 %', '93.4 %', '>99.9 %', '100 %']);
});

test('ratios and means round by their size', () => {
  expect(all(times, [1.84, 12.4, 1_234])).toEqual(['1.8', '12', '1,234']);
  expect(all(decimal, [2.857, 217.66, 229_629.6, 6])).toEqual(['2.86', '217.7', '229,630', '6']);
});

test('a figure beside a law is not rounded away', () => {
  expect(all(exact, [1_234_567, 289, 0.125])).toEqual(['1,234,567', '289', '0.125']);
});
