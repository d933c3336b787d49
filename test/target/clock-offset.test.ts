/** Another machine's clock: exact if both directions take equally long, else within the stated error. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/base/clock.ts';
import { type ClockExchange, differenceBetween, offsetOf } from '../../src/target/clock-offset.ts';
import { skewedClock } from '../support/skewed-clock.ts';

const second = 1e9;
const shifted = { aheadNs: 123 * second, ppm: 50 };

/** Asks the other clock over a link with the given delay of each direction. */
async function asking(
  ways: readonly (readonly [upNs: number, downNs: number])[],
  startNs = 0,
  skew = shifted,
) {
  const clock = virtualClock();
  const theirs = skewedClock(clock, skew);
  await clock.advance(startNs);
  const exchanges: ClockExchange[] = [];
  for (const [upNs, downNs] of ways) {
    const askedNs = clock.now();
    await clock.advance(askedNs + upNs);
    const cameInNs = theirs.now();
    await clock.advance(clock.now() + 1e5);
    const answeredNs = theirs.now();
    await clock.advance(clock.now() + downNs);
    exchanges.push({ askedNs, cameInNs, answeredNs, heardNs: clock.now() });
  }
  return { exchanges, theirs, clock };
}

test('over a link of 40 ms that is the same both ways a clock that is 123 s ahead and 50 ppm fast is told exactly', async () => {
  const link = Array.from({ length: 3 }, () => [20e6, 20e6] as const);
  const before = offsetOf((await asking(link)).exchanges);
  const { exchanges, theirs, clock } = await asking(link, 10 * second);
  const difference = differenceBetween(before, offsetOf(exchanges));
  expect(difference.driftPpm).toBeCloseTo(50, 3);
  expect(difference.errorNs).toBeCloseTo(20e6, -4);
  // Their time converted to ours: exact to a hundredth of a millisecond, though the error allows twenty.
  expect(Math.abs(difference.ours(theirs.now()) - clock.now())).toBeLessThan(1e4);
  // Without the conversion an age would be two minutes off.
  expect(difference.offsetNs).toBeGreaterThan(122 * second);
});

test('the quickest exchange is taken: delays that fell on one way only do no harm beside it', async () => {
  const { exchanges } = await asking([
    [200e6, 1e6],
    [5e6, 5e6],
    [1e6, 300e6],
  ]);
  const { offsetNs, errorNs } = offsetOf(exchanges);
  expect(errorNs).toBeCloseTo(5e6, -4);
  expect(Math.abs(offsetNs - 123 * second)).toBeLessThan(1e5);
});

test('however a delay falls on the two ways, no moment between two measurements is told further off than is said', async () => {
  const way = fc.integer({ min: 0, max: 200e6 });
  const ways = fc.array(fc.tuple(way, way), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      ways,
      ways,
      fc.integer({ min: -1e12, max: 1e12 }),
      fc.integer({ min: -200, max: 200 }),
      async (first, last, aheadNs, ppm) => {
        const skew = { aheadNs, ppm };
        const before = await asking(first, 0, skew);
        const after = await asking(last, 5 * second, skew);
        const difference = differenceBetween(offsetOf(before.exchanges), offsetOf(after.exchanges));
        const between = virtualClock();
        const theirs = skewedClock(between, skew);
        await between.advance(3 * second);
        // What a clock gains while a question is answered is not in the error: a few microseconds, too few to measure.
        expect(Math.abs(difference.ours(theirs.now()) - between.now())).toBeLessThanOrEqual(
          difference.errorNs + 1e5,
        );
      },
    ),
    { numRuns: 30 },
  );
});
