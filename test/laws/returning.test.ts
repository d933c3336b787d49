/** The distribution of the return, added up: against clients that are drawn, and against what repeats by itself. */
import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/schedule.ts';
import { reconnectPolicies, returnAfter } from '../../src/laws/reconnection.ts';
import { backAfter, returning } from '../../src/laws/returning.ts';
import { ksLimit, ksStatistic } from '../../src/laws/tolerance.ts';

const cdfOf =
  ({ shares }: ReturnType<typeof returning>) =>
  (ms: number) =>
    shares.reduce((sum, [afterMs, share]) => (afterMs <= ms ? sum + share : sum), 0);

test.each([200, 2000, 5000, 7000, 8000, 22_000])(
  'socket.io after %d ms: clients that are drawn come back so',
  (outageMs) => {
    const law = returning('socket.io', outageMs);
    const random = randomStream(5, `${outageMs}`);
    const drawn = Array.from({ length: 2000 }, () =>
      returnAfter(reconnectPolicies['socket.io'], outageMs, random),
    );
    expect(
      ksStatistic(
        drawn.map(({ afterMs }) => afterMs),
        cdfOf(law),
      ),
    ).toBeLessThan(ksLimit(2000));
    const attempts = drawn.reduce((sum, one) => sum + one.attempts, 0) / drawn.length;
    expect(Math.abs(attempts - law.meanAttempts)).toBeLessThan(0.1);
    expect(law.shares.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 9);
  },
);

test('socket.io: its first wait is any of 500 whole milliseconds, each as likely, with a mean of 1,025 ms', () => {
  const { shares, meanMs, spreadMs } = returning('socket.io', 0);
  expect(shares.map(([, share]) => share)).toEqual(Array(500).fill(1 / 500));
  expect(meanMs).toBeCloseTo(1025, 6);
  // The spread s of 0 to 499 ms has a mean square of 499·999/6; the mean lies 25 ms off.
  expect(spreadMs).toBeCloseTo(Math.sqrt((499 * 999) / 6 - 25 ** 2), 6);
});

test('a share is back with the return that completes it, and with the last where rounding leaves less than all', () => {
  const law = (...shares: (readonly [number, number])[]) => ({ ...returning('fixed', 0), shares });
  expect(backAfter(law([1, 0.5], [2, 0.5]), 0.5)).toBe(1);
  expect(backAfter(law([1, 0.5], [2, 0.5]), 0.51)).toBe(2);
  expect(backAfter(law([1, 0.5], [2, 0.25], [3, 0.249]), 1)).toBe(3);
  expect(backAfter(law(), 1)).toBeNaN();
});

test('socket.io: half are back 1.2 s after an outage of 2 s, 3.2 s after one of 8 s, and nobody after 5 s or later', () => {
  expect(backAfter(returning('socket.io', 2000), 0.5)).toBe(1164);
  expect(backAfter(returning('socket.io', 8000), 0.5)).toBe(3230);
  for (const outageMs of [2000, 5000, 8000, 22_000])
    expect(backAfter(returning('socket.io', outageMs), 1)).toBeLessThan(5000);
});

test('socket.io: after the fourth attempt, at 14.5 s at the latest, five seconds more of outage change nothing but an attempt', () => {
  const [some, more, other] = [15_000, 20_000, 17_500].map((outageMs) => returning('socket.io', outageMs));
  expect(more!.meanMs).toBeCloseTo(some!.meanMs, 6);
  expect(more!.meanAttempts).toBeCloseTo(some!.meanAttempts + 1, 6);
  expect(Math.abs(other!.meanMs - some!.meanMs)).toBeGreaterThan(100);
});

test('an EventSource is back with the next multiple of its retry time, whatever chance says', () => {
  expect(returning('eventsource', 2000.5)).toMatchObject({
    shares: [[999.5, 1]],
    spreadMs: 0,
    meanAttempts: 1,
  });
  expect(returning('eventsource', 6001).shares).toEqual([[2999, 1]]);
  expect(returning('fixed', 1000).shares).toEqual([[0, 1]]);
});
