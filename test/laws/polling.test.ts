import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  effectiveIntervalNs,
  keepAliveTimeoutMs,
  pausedCycleNs,
  pausedPollAge,
  pollAge,
  pollCount,
  pollDueNs,
  undiciGivesUpMs,
} from '../../src/laws/polling.ts';
import { ksLimit, ksStatistic, pollMeanTolerance } from '../../src/laws/tolerance.ts';
import { arrivals, type Kind, mean, readMailbox, sd, seeded } from './simulation.ts';

const grid = (interval: number, phase: number, until: number) =>
  Array.from({ length: Math.ceil(until / interval) + 1 }, (_, k) => phase + k * interval);

test('POLL1 predicts mean, deviation and distribution of simulated Poisson events', () => {
  const random = seeded(1);
  const events = arrivals('poisson', 37, 20_000, random);
  const { waits } = readMailbox(events, grid(500, random() * 500, events.at(-1)! + 500));
  const ages = waits.map((wait) => wait + 20 + 3);
  const law = pollAge({ intervalNs: 500, downNs: 20, serviceNs: 3 });
  expect(ages).toHaveLength(20_000);
  expect(Math.abs(mean(ages) - law.mean)).toBeLessThan(pollMeanTolerance(500, ages.length));
  expect(Math.abs(sd(ages) / law.sd - 1)).toBeLessThan(0.02);
  expect(ksStatistic(ages, law.cdf)).toBeLessThan(ksLimit(ages.length));
});

test('POLL1 holds for jittered events whatever their period', () => {
  for (const period of [50, 125, 500, 730]) {
    const random = seeded(period);
    const events = arrivals('jittered', period, 8000, random);
    const { waits } = readMailbox(events, grid(500, random() * 500, events.at(-1)! + 500));
    const ages = waits.map((wait) => wait + 20);
    expect(ksStatistic(ages, pollAge({ intervalNs: 500, downNs: 20 }).cdf)).toBeLessThan(
      ksLimit(ages.length),
    );
  }
});

test('POLL1 is d away from half a round trip: an asymmetric link shows which delay counts', () => {
  expect(pollAge({ intervalNs: 500, downNs: 80 }).mean).toBe(330);
  expect(pollAge({ intervalNs: 500, downNs: 80, serviceNs: 5 })).toMatchObject({
    low: 85,
    high: 585,
    mean: 335,
  });
  expect(pollAge({ intervalNs: 500, downNs: 80 }).sd).toBeCloseTo(144.338, 3);
});

test('POLL2 adds round trip, service and turnaround to the pause', () => {
  const cycle = { pauseNs: 200, rttNs: 80, serviceNs: 5, turnaroundNs: 1 };
  expect(pausedCycleNs(cycle)).toBe(286);
  expect(pausedPollAge({ ...cycle, downNs: 30 })).toMatchObject({ low: 30, high: 316, mean: 173 });
});

test('POLL2 predicts a simulated client that pauses after each response', () => {
  const [pause, up, down, service, turnaround] = [200, 50, 30, 5, 1];
  const events = arrivals('poisson', 41, 10_000, seeded(2));
  const reads: number[] = [];
  for (let asked = 0; asked < events.at(-1)! + 500; ) {
    const read = asked + up + service;
    reads.push(read);
    asked = read + down + turnaround + pause;
  }
  const ages = readMailbox(events, reads).waits.map((wait) => wait + down);
  const law = pausedPollAge({
    pauseNs: pause,
    rttNs: up + down,
    serviceNs: service,
    turnaroundNs: turnaround,
    downNs: down,
  });
  expect(ksStatistic(ages, law.cdf)).toBeLessThan(ksLimit(ages.length));
});

test('POLL3 counts the polls due before the end, the end excluded', () => {
  const intervalNs = 500e6;
  expect(pollCount({ durationNs: 2e9, intervalNs, phaseNs: 0 })).toBe(4);
  expect(pollCount({ durationNs: 2e9, intervalNs, phaseNs: 1 })).toBe(4);
  expect(pollCount({ durationNs: 2e9 + 1, intervalNs, phaseNs: 0 })).toBe(5);
  expect(pollCount({ durationNs: 2e9 + 1, intervalNs, phaseNs: 1 })).toBe(4);
  expect(pollCount({ durationNs: 100, intervalNs, phaseNs: 100 })).toBe(0);
  expect(pollCount({ durationNs: 0, intervalNs, phaseNs: 499e6 })).toBe(0);
});

test('POLL3 agrees with the due times themselves, also where division rounds', () => {
  const random = seeded(3);
  for (let round = 0; round < 6000; round++) {
    const intervalNs = 1 + random() * 10;
    const phaseNs = random() * intervalNs;
    // Two thirds of the ends lie on a due time or one bit above it, where the last bit decides.
    const due30 = pollDueNs({ index: Math.floor(random() * 30), intervalNs, phaseNs });
    const durationNs = [random() * 300, due30, due30 * (1 + Number.EPSILON)][round % 3]!;
    let due = 0;
    while (pollDueNs({ index: due, intervalNs, phaseNs }) < durationNs) due++;
    expect(pollCount({ durationNs, intervalNs, phaseNs })).toBe(due);
  }
});

test('POLL3 thins out to every second or third poll when a poll takes longer than the interval', () => {
  expect(effectiveIntervalNs({ intervalNs: 50, rttNs: 40 })).toBe(50);
  expect(effectiveIntervalNs({ intervalNs: 50, rttNs: 80 })).toBe(100);
  expect(effectiveIntervalNs({ intervalNs: 50, rttNs: 100, serviceNs: 1 })).toBe(150);
});

test('POLL8 promises enough for undici to keep the connection over one poll interval', () => {
  expect(keepAliveTimeoutMs(500)).toBe(4000);
  expect(keepAliveTimeoutMs(1000)).toBe(4000);
  expect(keepAliveTimeoutMs(1001)).toBe(5000);
  expect(undiciGivesUpMs(5000)).toBe(3000);
  for (let intervalMs = 1; intervalMs <= 12_000; intervalMs += 7)
    expect(undiciGivesUpMs(keepAliveTimeoutMs(intervalMs))).toBeGreaterThanOrEqual(intervalMs + 1000);
});

test('the simulated arrivals keep their mean rate', () => {
  for (const kind of ['poisson', 'periodic', 'jittered'] satisfies Kind[])
    expect(arrivals(kind, 10, 20_000, seeded(4)).at(-1)! / 200_000).toBeCloseTo(1, 1);
});

test('POLL3 counts as many polls as are due, whatever the division rounds to', () => {
  const ns = fc.double({ min: 0, max: 1e10, noNaN: true });
  fc.assert(
    fc.property(ns, fc.double({ min: 1e8, max: 1e9, noNaN: true }), ns, (durationNs, intervalNs, phaseNs) => {
      let due = 0;
      while (pollDueNs({ index: due, intervalNs, phaseNs }) < durationNs) due++;
      expect(pollCount({ durationNs, intervalNs, phaseNs })).toBe(due);
    }),
  );
  // Ends that fall on a due time, where the quotient rounds up or down across it.
  for (let index = 0; index < 2000; index++) {
    const [intervalNs, phaseNs] = [1e8 / 3, 1e7 / 7];
    const durationNs = pollDueNs({ index, intervalNs, phaseNs });
    expect(pollCount({ durationNs, intervalNs, phaseNs })).toBe(index);
  }
});
