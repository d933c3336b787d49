/** Policies draw what their sources say, and herds come back as the laws of their policy have it. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/base/clock.ts';
import { randomStream } from '../../src/base/schedule.ts';
import { flapsPerSecond, forgetful } from '../../src/laws/flapping.ts';
import {
  expectedInWindow,
  herdFigures,
  likelyHerd,
  likelyOf,
  type PolicyName,
  peakWithin,
  perWindow,
  policyAsked,
  policyNames,
  reconnectPolicies,
  returnAfter,
} from '../../src/laws/reconnection.ts';
import { ksLimit, ksStatistic } from '../../src/laws/tolerance.ts';
import { backOff } from '../../src/transports/reconnect.ts';

interface Backoff {
  duration(): number;
}
const client = dirname(createRequire(import.meta.url).resolve('socket.io-client/package.json'));
const { Backoff } = createRequire(import.meta.url)(join(client, 'build/cjs/contrib/backo2.js')) as {
  Backoff: new (options: { min: number; max: number; jitter: number }) => Backoff;
};

test('socket.io: the very waits of its client, from the same random numbers', () => {
  const usual = Math.random;
  try {
    for (let seed = 1; seed <= 200; seed++) {
      Math.random = randomStream(seed, 'client');
      const theirs = new Backoff({ min: 1000, max: 5000, jitter: 0.5 });
      const ours = randomStream(seed, 'client');
      for (let attempt = 0; attempt < 8; attempt++) {
        expect(reconnectPolicies['socket.io'](attempt, ours)).toBe(theirs.duration());
      }
    }
  } finally {
    Math.random = usual;
  }
});

const draw = (name: PolicyName, outageMs: number, clients: number) => {
  const random = randomStream(3, `${name} ${outageMs}`);
  return Array.from({ length: clients }, () => returnAfter(reconnectPolicies[name], outageMs, random));
};

test('where an attempt takes a while to fail, it is waited for like the wait before it', () => {
  const everySecond = () => 1000;
  expect(returnAfter(everySecond, 2500, Math.random)).toEqual({ afterMs: 500, attempts: 3 });
  // Tries at 1 s, which fails at 21, and at 22.
  expect(returnAfter(everySecond, 2500, Math.random, 20_000)).toEqual({ afterMs: 19_500, attempts: 2 });
  expect(returnAfter(everySecond, 800, Math.random, 20_000)).toEqual({ afterMs: 200, attempts: 1 });
});

test('a client that forgets its back-off waits the first wait again and again', () => {
  const random = () => 0;
  expect(returnAfter(forgetful(reconnectPolicies.doubling), 1000, random)).toEqual({
    afterMs: 0,
    attempts: 10,
  });
  expect(flapsPerSecond({ firstMs: 75, handshakeMs: 25 })).toBe(10);
});

test('partysocket: each wait is 1.3 times the one before, and ten seconds at most', () => {
  const waits = Array.from({ length: 7 }, (_, attempt) =>
    reconnectPolicies.partysocket(attempt, Math.random),
  );
  for (const [attempt, ms] of [3000, 3900, 5070, 6591, 8568.3, 10_000, 10_000].entries())
    expect(waits[attempt]).toBeCloseTo(ms, 6);
});

test('a policy is known by its name; any other, and none, is doubling', () => {
  expect([...policyNames, 'tripling', undefined].map(policyAsked)).toEqual([
    ...policyNames,
    'doubling',
    'doubling',
  ]);
});

test('times are counted in windows side by side, also those in which nothing came', () => {
  expect(perWindow([350, 0, 99, 100], 100)).toEqual([2, 1, 0, 1]);
});

test('of many herds: the median, and what one in two hundred lies beyond on either side', () => {
  const figures = Array.from({ length: 1000 }, (_, k) => (k * 7) % 1000);
  expect(likelyOf(figures)).toEqual({ median: 499, low: 4, high: 994 });
  const always = (figure: number) => ({ median: figure, low: figure, high: figure });
  expect(
    likelyHerd({ policy: reconnectPolicies.fixed, outageMs: 5001, clients: 3, herds: 5 }, Math.random),
  ).toEqual({ medianMs: always(999), most95Ms: always(999), peak100: always(3) });
});

test('fixed waits: everybody at the same moment, in one window of any width', () => {
  for (const [name, outageMs, after] of [
    ['fixed', 5000, 0],
    ['fixed', 5001, 999],
    ['eventsource', 5000, 1000],
  ] as const) {
    const { medianMs, lastMs, peak } = herdFigures(draw(name, outageMs, 200).map(({ afterMs }) => afterMs));
    expect([medianMs, lastMs, peak[10]], name).toEqual([after, after, 200]);
  }
});

test('one uniform wait: evenly until its end, and the highest window well above the mean', () => {
  const { most95Ms, lastMs } = herdFigures(draw('uniform', 0, 20_000).map(({ afterMs }) => afterMs));
  // Four standard deviations of that quantile.
  expect(Math.abs(most95Ms - 9500)).toBeLessThan(62);
  expect(lastMs).toBeLessThan(10_000);
  expect(expectedInWindow({ clients: 200, windowMs: 100, longestMs: 10_000 })).toBe(2);
  const { peak100 } = likelyHerd(
    { policy: reconnectPolicies.uniform, outageMs: 0, clients: 200 },
    randomStream(1, 'herds'),
  );
  // Within any window, so higher than within those of a grid.
  expect(peak100.median).toBeGreaterThan(2 + 2 * Math.sqrt(2));
});

// Median and 95 % of the return and mean attempts, drawn elsewhere for the same outages.
test.each([
  [5, 2.26, 4.24, 3.05],
  [8, 3.21, 4.81, null],
  [22, 2.02, 4.84, null],
  [60, 2.24, 4.27, 14.05],
])(
  'socket.io after %d s: half are back after %d s, 95 in 100 after %d s',
  (outageS, median, most, attempts) => {
    const herd = draw('socket.io', outageS * 1000, 20_000);
    const { medianMs, most95Ms } = herdFigures(herd.map(({ afterMs }) => afterMs));
    expect(Math.abs(medianMs / (median * 1000) - 1)).toBeLessThan(0.02);
    expect(Math.abs(most95Ms / (most * 1000) - 1)).toBeLessThan(0.02);
    const mean = herd.reduce((sum, one) => sum + one.attempts, 0) / herd.length;
    if (attempts !== null) expect(Math.abs(mean - attempts)).toBeLessThan(0.03);
  },
);

test('socket.io: from the fifth attempt on every wait is five seconds, so five seconds more change nothing', () => {
  const medianAt = (outageMs: number) =>
    herdFigures(draw('socket.io', outageMs, 20_000).map(({ afterMs }) => afterMs)).medianMs;
  expect(Math.abs(medianAt(62_000) / medianAt(22_000) - 1)).toBeLessThan(0.02);
  expect(Math.abs(medianAt(24_500) / medianAt(22_000) - 1)).toBeGreaterThan(0.2);
});

test('doubling: after a blip everybody is back within 50 ms', () => {
  const { lastMs } = herdFigures(draw('doubling', 40, 200).map(({ afterMs }) => afterMs));
  expect(lastMs).toBeLessThanOrEqual(60);
  expect(
    peakWithin(
      draw('doubling', 40, 200)
        .map(({ afterMs }) => afterMs)
        .toSorted((a, b) => a - b),
      100,
    ),
  ).toBe(200);
});

test('a peak is the most in any window, its end left out', () => {
  expect(peakWithin([0, 9, 10, 11, 30], 10)).toBe(3);
  expect(peakWithin([0, 10], 10)).toBe(1);
  expect(peakWithin([], 10)).toBe(0);
});

/** As clients do it: wait, try, be refused until the outage is over. */
async function comeBack(name: PolicyName, outageMs: number, clients: number): Promise<number[]> {
  const clock = virtualClock();
  const after: number[] = [];
  const client = async (index: number) => {
    const retry = backOff({ clock, random: randomStream(index, name), reconnect: name });
    do await retry.wait();
    while (clock.now() < outageMs * 1e6);
    after.push(clock.now() / 1e6 - outageMs);
  };
  const all = Promise.all(Array.from({ length: clients }, (_, index) => client(index)));
  while (after.length < clients) await clock.advance(clock.now() + 100e6);
  await all;
  return after;
}

test.each(policyNames)('%s: 200 clients on the virtual clock come back as the law has it', async (name) => {
  const outageMs = 7000;
  const after = await comeBack(name, outageMs, 200);
  const law = draw(name, outageMs, 20_000).map(({ afterMs }) => afterMs);
  const constant = new Set(law);
  if (constant.size === 1) return expect(new Set(after)).toEqual(constant);
  const cdf = (ms: number) => law.filter((one) => one <= ms).length / law.length;
  expect(ksStatistic(after, cdf)).toBeLessThan(ksLimit(200));
});
