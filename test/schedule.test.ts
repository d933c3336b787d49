import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivals, firstDueTimes, randomStream } from '../src/base/schedule.ts';
import { ksLimit, ksStatistic } from '../src/laws/tolerance.ts';

test('the same seed and name give the same numbers, whoever else draws', () => {
  const alone = randomStream(1, 'client 3');
  const numbers = Array.from({ length: 5 }, alone);
  const [mine, other] = [randomStream(1, 'client 3'), randomStream(1, 'client 4')];
  const interleaved = numbers.map(() => {
    other();
    return mine();
  });
  expect(interleaved).toEqual(numbers);
  expect(randomStream(2, 'client 3')()).not.toBe(numbers[0]);
});

test('numbers are uniform in [0, 1), within and across streams', () => {
  const within = Array.from({ length: 5000 }, randomStream(1, 'one'));
  const across = Array.from({ length: 5000 }, (_, i) => randomStream(1, `client ${i}`)());
  for (const numbers of [within, across]) {
    expect(ksStatistic(numbers, (x) => x)).toBeLessThan(ksLimit(numbers.length));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
  }
});

test.each(arrivals)('%s due times rise, keep their mean rate, and repeat with the seed', (kind) => {
  const pace = { rate: 50, arrivals: kind };
  const due = firstDueTimes(pace, randomStream(9, 'x'), 5000);
  expect(due.every((time, i) => i === 0 || time >= due[i - 1]!)).toBe(true);
  // The mean of 5,000 exponential gaps has a standard error of 1.4 %.
  expect(due.at(-1)! / 1e9 / (5000 / 50)).toBeGreaterThan(0.94);
  expect(due.at(-1)! / 1e9 / (5000 / 50)).toBeLessThan(1.06);
  expect(firstDueTimes(pace, randomStream(9, 'x'), 10)).toEqual(due.slice(0, 10));
});

test('jittered due times put exactly one message into each period', () => {
  const due = firstDueTimes({ rate: 1000, arrivals: 'jittered' }, randomStream(1, 'x'), 1000);
  expect(due.map((time) => Math.floor(time / 1e6))).toEqual(Array.from({ length: 1000 }, (_, k) => k));
});

test('whichever of count and duration ends first ends the schedule', () => {
  fc.assert(
    fc.property(
      fc.nat(50),
      fc.integer({ min: 1, max: 2000 }),
      fc.constantFrom(...arrivals),
      (count, ms, kind) => {
        const due = firstDueTimes({ rate: 20, arrivals: kind }, randomStream(1, 'x'), count, ms * 1e6);
        const all = firstDueTimes({ rate: 20, arrivals: kind }, randomStream(1, 'x'), 50);
        expect(due).toEqual(all.filter((time, i) => i < count && time < ms * 1e6));
      },
    ),
  );
});
