import { expect, test } from 'vitest';
import {
  emptyShare,
  isPhaseLocked,
  latestOnlyShare,
  messagesPerNonEmptyPoll,
  phasePattern,
} from '../../src/laws/poll-contents.ts';
import { emptyShareTolerance } from '../../src/laws/tolerance.ts';
import { arrivals, type Kind, mean, readMailbox, seeded } from './simulation.ts';

const perMs = 1e6;

/** Periodic events against a grid meet it at few phases, so many short runs with a phase each are put together. */
function simulate(kind: Kind, period: number, interval: number) {
  const random = seeded(Math.round(period * 1000 + interval));
  const found: number[] = [];
  for (let run = 0; run < 400; run++) {
    // The world begins before the polls do: the first window is as full as the others.
    const events = arrivals(kind, period, Math.ceil((60 * interval) / period) + 200, random);
    const start = 5 * period + random() * interval;
    const reads = Array.from({ length: 26 }, (_, k) => start + k * interval);
    found.push(...readMailbox(events, reads).found.slice(1));
  }
  return found;
}

const cases: [Kind, number, number][] = [
  ['poisson', 100, 40],
  ['poisson', 50, 90],
  ['periodic', 100, 37],
  ['periodic', 100, 170],
  ['jittered', 100, 40],
  ['jittered', 100, 100],
  ['jittered', 100, 150],
  ['jittered', 100, 210],
];

test.each(cases)(
  'POLL4, POLL6 and POLL7 hold for %s events every %d ms polled every %d ms',
  (kind, period, interval) => {
    const found = simulate(kind, period, interval);
    const load = { arrivals: kind, rate: 1000 / period, intervalNs: interval * perMs };
    const empty = found.filter((count) => count === 0).length / found.length;
    const expected = emptyShare(load);
    expect(Math.abs(empty - expected)).toBeLessThanOrEqual(emptyShareTolerance(expected, found.length));
    const full = found.filter((count) => count > 0);
    expect(Math.abs(mean(full) / messagesPerNonEmptyPoll(load) - 1)).toBeLessThan(0.03);
    const messages = found.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(full.length / messages / latestOnlyShare(load) - 1)).toBeLessThan(0.03);
  },
);

test('POLL4: e^(−λT) for Poisson, 1 − T/P for periodic, 0 from P = T on', () => {
  expect(emptyShare({ arrivals: 'poisson', rate: 4, intervalNs: 250 * perMs })).toBeCloseTo(Math.exp(-1), 15);
  expect(emptyShare({ arrivals: 'periodic', rate: 1, intervalNs: 250 * perMs })).toBe(0.75);
  expect(emptyShare({ arrivals: 'periodic', rate: 4, intervalNs: 250 * perMs })).toBe(0);
  expect(emptyShare({ arrivals: 'periodic', rate: 8, intervalNs: 250 * perMs })).toBe(0);
});

test('POLL4 for jittered events is continuous where its two parts meet and 0 from two periods on', () => {
  const at = (x: number) => emptyShare({ arrivals: 'jittered', rate: 1, intervalNs: x * 1e9 });
  expect(at(1)).toBeCloseTo(1 / 6, 12);
  expect(at(1 + 1e-9)).toBeCloseTo(1 / 6, 8);
  expect([at(0), at(2), at(3)]).toEqual([1, 0, 0]);
});

test('POLL5 finds the lowest terms of P/T', () => {
  expect(phasePattern({ periodNs: 50, intervalNs: 500 })).toEqual({ a: 1, b: 10, stepNs: 50 });
  expect(phasePattern({ periodNs: 1000, intervalNs: 500 })).toEqual({ a: 2, b: 1, stepNs: 500 });
  expect(phasePattern({ periodNs: 6, intervalNs: 8 })).toEqual({ a: 3, b: 4, stepNs: 2 });
  expect(phasePattern({ periodNs: 1e9 / 3, intervalNs: 1e9 })).toMatchObject({ a: 1, b: 3 });
  expect(phasePattern({ periodNs: 1, intervalNs: 1e9, messages: 1e12 }).b).toBe(1e9);
  // Messages far more frequent than polls are not a period of nothing: a is never 0.
  expect(phasePattern({ periodNs: 1, intervalNs: 1e6 }).a).toBe(1);
  expect(isPhaseLocked({ periodNs: 1, intervalNs: 1e6 })).toBe(false);
});

test('POLL5 warns of fewer than 20 waits and of a ratio that drifts too slowly to matter', () => {
  expect(isPhaseLocked({ periodNs: 19, intervalNs: 19 })).toBe(true);
  expect(isPhaseLocked({ periodNs: 50, intervalNs: 950 })).toBe(true);
  expect(isPhaseLocked({ periodNs: 50, intervalNs: 1000 })).toBe(false);
  expect(isPhaseLocked({ periodNs: 500.1, intervalNs: 500 })).toBe(true);
  expect(isPhaseLocked({ periodNs: 500.1, intervalNs: 500, messages: 100_000 })).toBe(false);
  expect(isPhaseLocked({ periodNs: 500 * Math.SQRT2, intervalNs: 500 })).toBe(false);
});

test('POLL5: simulated waits take exactly b values, T/b apart', () => {
  const [period, interval] = [150, 400];
  const { b, stepNs } = phasePattern({ periodNs: period, intervalNs: interval });
  const reads = Array.from({ length: 400 }, (_, k) => 7 + k * interval);
  const events = Array.from({ length: 1000 }, (_, k) => k * period);
  const distinct = [...new Set(readMailbox(events, reads).waits)].sort((x, y) => x - y);
  expect(distinct).toHaveLength(b);
  expect(distinct.slice(1).map((wait, i) => wait - distinct[i]!)).toEqual(Array(b - 1).fill(stepNs));
});

test('POLL6 and POLL7 are inverse, and 1 for rare messages', () => {
  const poisson = { arrivals: 'poisson', rate: 10, intervalNs: 500 * perMs } as const;
  expect(latestOnlyShare(poisson)).toBeCloseTo((1 - Math.exp(-5)) / 5, 12);
  expect(messagesPerNonEmptyPoll(poisson)).toBeCloseTo(5 / (1 - Math.exp(-5)), 12);
  expect(latestOnlyShare({ arrivals: 'periodic', rate: 10, intervalNs: 500 * perMs })).toBe(0.2);
  expect(latestOnlyShare({ arrivals: 'periodic', rate: 1, intervalNs: 500 * perMs })).toBe(1);
  for (const rate of [0, 1e-12, 1e-5])
    for (const kind of ['poisson', 'periodic', 'jittered'] as const)
      expect(messagesPerNonEmptyPoll({ arrivals: kind, rate, intervalNs: 1e9 })).toBeCloseTo(1, 4);
});

test('POLL5: a drift of just half the gap over the whole run is still no drift', () => {
  expect(phasePattern({ periodNs: 125, intervalNs: 100, messages: 2 })).toEqual({ a: 1, b: 1, stepNs: 100 });
  expect(phasePattern({ periodNs: 126, intervalNs: 100, messages: 2 }).b).toBe(3);
});

test('POLL7: from one message in a million polls on it is computed', () => {
  const poisson = (rate: number) => messagesPerNonEmptyPoll({ arrivals: 'poisson', rate, intervalNs: 1e9 });
  expect(poisson(1e-6)).toBeCloseTo(1 + 5e-7, 9);
  expect(poisson(0.9e-6)).toBe(1);
});
