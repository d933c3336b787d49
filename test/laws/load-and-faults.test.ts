import { expect, test } from 'vitest';
import { batchingRange, kthClientAgeNs, pushLimitClients, pushUtilisation } from '../../src/laws/fan-out.ts';
import { lostMessages } from '../../src/laws/outage.ts';
import { volatileHeard } from '../../src/laws/slow-reader.ts';
import { closedLoopStalledShare, stallQuantileNs } from '../../src/laws/stall.ts';
import { arrivals, queue, seeded } from './simulation.ts';

test('FAN1: the k-th client of a simulated broadcast hears it after k writes', () => {
  const delays = queue(Array(1000).fill(0), 20);
  for (const k of [1, 2, 500, 1000])
    expect(kthClientAgeNs({ client: k, downNs: 7, costPerClientNs: 20 })).toBe(7 + delays[k - 1]!);
});

test('FAN2: a simulated push server keeps up below the limit and falls behind above it', () => {
  const cost = 0.02;
  const limit = pushLimitClients({ rate: 10, costPerClientNs: cost * 1e6 });
  expect(limit).toBeCloseTo(5000, 9);
  const lastDelay = (clients: number) => {
    // All clients' messages together are one Poisson stream of N·λ a second; ten seconds of it.
    const total = clients * 10;
    return queue(arrivals('poisson', 1000 / total, total * 10, seeded(clients)), cost).at(-1)!;
  };
  expect(lastDelay(0.9 * limit)).toBeLessThan(5);
  // 10 % too much work in 10 s leaves a second of it undone.
  expect(lastDelay(1.1 * limit)).toBeGreaterThan(900);
  expect(lastDelay(1.1 * limit)).toBeLessThan(1100);
  expect(pushUtilisation({ clients: limit, rate: 10, costPerClientNs: cost * 1e6 })).toBeCloseTo(1, 12);
});

test('SLOW3: a reader that stopped hears what the buffers hold, and never more than was sent to all', () => {
  const p = { buffersBytes: 4000, messageBytes: 100 };
  expect(volatileHeard({ ...p, saidToAll: 1000 })).toBe(40);
  expect(volatileHeard({ ...p, saidToAll: 7 })).toBe(7);
});

test('LP7 and FAN2: long polling outlives push as long as a batched message is cheaper', () => {
  const range = batchingRange({ rate: 200, costPerClientNs: 20e3, perMessageNs: 5e3 });
  expect(range?.fromClients).toBeCloseTo(250, 9);
  expect(range?.toClients).toBeCloseTo(1000, 9);
  expect(batchingRange({ rate: 200, costPerClientNs: 5e3, perMessageNs: 5e3 })).toBeNull();
});

test("CO1 gives 1.22 s for wrk2's example", () => {
  expect(stallQuantileNs({ stallNs: 1.42e9, windowNs: 19.75e9, quantile: 0.99 })).toBeCloseTo(1.2225e9, 0);
});

test('CO1 holds for a simulated stall, and is nothing where the quantile does not reach it', () => {
  const [stall, window] = [1420, 19_750];
  const due = Array.from({ length: 39_500 }, (_, k) => k * 0.5);
  const latency = due.map((at) => Math.max(0, at >= 5000 ? 5000 + stall - at : 0)).sort((x, y) => x - y);
  for (const quantile of [0.93, 0.95, 0.99, 0.999]) {
    const measured = latency[Math.ceil(quantile * latency.length) - 1]!;
    expect(Math.abs(measured - stallQuantileNs({ stallNs: stall, windowNs: window, quantile }))).toBeLessThan(
      1,
    );
  }
  expect(stallQuantileNs({ stallNs: stall, windowNs: window, quantile: 0.9 })).toBe(0);
});

test("CO1: a closed loop with wrk's 100 connections shows the stall to fewer than 1 in 100 samples", () => {
  const share = closedLoopStalledShare({ connections: 100, rate: 2000, stallNs: 1.42e9, windowNs: 19.75e9 });
  expect(share).toBeCloseTo(100 / (36_660 + 100), 12);
  expect(share).toBeLessThan(0.01);
});

test('OUT: a silent outage and a replaying transport lose nothing', () => {
  const outage = { rate: 10, outageNs: 3e9, awayNs: 2e9, inFlight: 4 };
  expect(lostMessages({ ...outage, kind: 'silent' })).toBe(0);
  expect(lostMessages({ ...outage, kind: 'cut', replays: true })).toBe(0);
});

test('OUT: a cut loses what is pushed until the client is back, and what was under way', () => {
  expect(lostMessages({ kind: 'cut', rate: 10, outageNs: 3e9, awayNs: 2e9, inFlight: 4 })).toBe(54);
});

test('OUT: who never comes back loses the rest, and only the rest', () => {
  const gone = { kind: 'cut', rate: 10, outageNs: 3e9, awayNs: Number.POSITIVE_INFINITY } as const;
  expect(lostMessages({ ...gone, remainingNs: 8e9 })).toBe(80);
  expect(lostMessages(gone)).toBe(Number.POSITIVE_INFINITY);
});
