import { expect, test } from 'vitest';
import {
  blindWindowNs,
  longPollingAgeNs,
  longPollingMaxAgeNs,
  longPollingMeanAgeNs,
  messagesPerResponse,
  periodicLongPollingAge,
  periodicMessagesPerResponse,
} from '../../src/laws/long-polling.ts';
import { oneAtATimeBacklogRate, saturatedCycleNs } from '../../src/laws/long-polling-limits.ts';
import { ksLimit, ksStatistic } from '../../src/laws/tolerance.ts';
import { arrivals, longPoll, mean, queue, seeded } from './simulation.ts';

const ms = 1e6;

test('the blind window is response, turnaround, request and service', () => {
  expect(blindWindowNs({ downNs: 20, upNs: 30, turnaroundNs: 2, serviceNs: 1 })).toBe(53);
  expect(blindWindowNs({ downNs: 20, upNs: 30 })).toBe(50);
});

test('LP1: a blind event waits for the rest of the window, a parked one not at all', () => {
  const link = { blindNs: 40, downNs: 20 };
  expect([0, 10, 40, 90].map((t) => longPollingAgeNs({ ...link, sinceResponseNs: t }))).toEqual([
    60, 50, 20, 20,
  ]);
});

test.each([5, 25, 60, 200])('LP2, LP3 and LP4 hold for simulated Poisson events, %d a second', (rate) => {
  const { ages, perResponse } = longPoll(arrivals('poisson', 1000 / rate, 60_000, seeded(rate)), 41, 20);
  const link = { rate, blindNs: 41 * ms, downNs: 20 * ms };
  expect(Math.abs(mean(perResponse) / messagesPerResponse(link) - 1)).toBeLessThan(0.01);
  expect(Math.abs((mean(ages) * ms) / longPollingMeanAgeNs(link) - 1)).toBeLessThan(0.01);
  expect(Math.max(...ages.slice(0, 50_000)) * ms).toBeLessThanOrEqual(longPollingMaxAgeNs(link));
  expect(Math.max(...ages.slice(0, 50_000)) * ms).toBeGreaterThan(longPollingMaxAgeNs(link) - ms);
});

test('LP2: one message per response when nothing happens, λV when much does', () => {
  expect(messagesPerResponse({ rate: 0, blindNs: 40 * ms })).toBe(1);
  expect(messagesPerResponse({ rate: 25, blindNs: 40 * ms })).toBeCloseTo(1 + Math.exp(-1), 12);
  expect(messagesPerResponse({ rate: 1000, blindNs: 40 * ms })).toBeCloseTo(40, 12);
});

test('LP3 climbs from d to d + V/2', () => {
  const link = { blindNs: 40 * ms, downNs: 20 * ms };
  expect(longPollingMeanAgeNs({ ...link, rate: 0 })).toBe(20 * ms);
  expect(longPollingMeanAgeNs({ ...link, rate: 1e6 })).toBeCloseTo(40 * ms, -3);
});

test('LP4: three transits over a symmetric link, the two transits of RFC 6202 being blind', () => {
  expect(longPollingMaxAgeNs({ downNs: 50, blindNs: blindWindowNs({ downNs: 50, upNs: 50 }) })).toBe(150);
});

test('LP5: the step of a 250 ms period stands at a one-way delay of 125 ms', () => {
  const meanAge = (delay: number) =>
    periodicLongPollingAge({ periodNs: 250, downNs: delay, blindNs: 2 * delay }).mean;
  expect([50, 100, 120, 130, 150].map(meanAge)).toEqual([50, 100, 120, 260, 300]);
});

test.each([50, 100, 120, 131.3, 153.7])(
  'LP5 holds for simulated periodic events over a delay of %d ms',
  (delay) => {
    const link = { periodNs: 250, blindNs: 2 * delay, downNs: delay };
    const { ages, perResponse } = longPoll(
      arrivals('periodic', 250, 20_000, seeded(delay)),
      2 * delay,
      delay,
    );
    const law = periodicLongPollingAge(link);
    // After the first response the loop has found its rhythm.
    expect(Math.abs(mean(ages.slice(10)) - law.mean)).toBeLessThan(0.01 * law.mean);
    if (law.sd > 0) expect(ksStatistic(ages.slice(10), law.cdf)).toBeLessThan(ksLimit(ages.length));
    else expect(new Set(ages.slice(10).map((age) => age.toFixed(6)))).toEqual(new Set([delay.toFixed(6)]));
    expect(mean(perResponse)).toBeCloseTo(periodicMessagesPerResponse(link), 2);
  },
);

test('LP6: one message per response falls behind by λ − 1/V, and not at all below', () => {
  expect(oneAtATimeBacklogRate({ rate: 20, blindNs: 40 * ms })).toBe(0);
  expect(oneAtATimeBacklogRate({ rate: 30, blindNs: 40 * ms })).toBe(5);
  // A response every 40 ms is a server that takes 40 ms a message: the last of 30 s waits for 150 others.
  const waits = queue(arrivals('periodic', 1000 / 30, 900, seeded(6)), 40);
  expect(waits.at(-1)! / 40).toBeGreaterThan(5 * 30 - 2);
  expect(waits.at(-1)! / 40).toBeLessThan(5 * 30 + 2);
  expect(Math.max(...queue(arrivals('periodic', 50, 900, seeded(6)), 40))).toBeCloseTo(40, 6);
});

test('LP7: a simulated saturated server takes the predicted time for a round', () => {
  const [clients, rate, perResponse, perMessage] = [100, 50, 0.4, 0.1];
  const random = seeded(7);
  const last = Array<number>(clients).fill(0);
  const rounds: number[] = [];
  let now = 0;
  for (let round = 0; round < 400; round++) {
    const began = now;
    for (let client = 0; client < clients; client++) {
      // Poisson arrivals since this client was last served, counted one by one.
      let messages = 0;
      for (let at = last[client]! - Math.log(1 - random()) * (1000 / rate); at <= now; messages++)
        at -= Math.log(1 - random()) * (1000 / rate);
      last[client] = now;
      now += perResponse + perMessage * messages;
    }
    if (round >= 50) rounds.push(now - began);
  }
  const predicted = saturatedCycleNs({
    clients,
    rate,
    perResponseNs: perResponse * ms,
    perMessageNs: perMessage * ms,
  });
  expect(predicted).toBeCloseTo(80 * ms, 0);
  expect(Math.abs((mean(rounds) * ms) / predicted - 1)).toBeLessThan(0.02);
});

test('LP7 has its own end: no cycle is long enough once batched messages alone fill the server', () => {
  const load = { rate: 200, perResponseNs: 100e3, perMessageNs: 5e3 };
  expect(saturatedCycleNs({ ...load, clients: 999 })).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(saturatedCycleNs({ ...load, clients: 1000 })).toBe(Number.POSITIVE_INFINITY);
  expect(saturatedCycleNs({ ...load, clients: 2000 })).toBe(Number.POSITIVE_INFINITY);
});

test('LP5: a period that is just the blind window is long enough: every event is d old', () => {
  const link = { downNs: 20, blindNs: 40 };
  expect(periodicLongPollingAge({ ...link, periodNs: 40 })).toMatchObject({ low: 20, high: 20 });
  expect(periodicLongPollingAge({ ...link, periodNs: 39 })).toMatchObject({ low: 20, high: 60 });
});
