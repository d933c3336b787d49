/**
 * A server that is slow to admit: the law compared with its own sums, with clients and relay on the virtual clock, and
 * over ranges of N and c.
 */
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { virtualClock } from '../../src/base/clock.ts';
import { randomStream } from '../../src/base/schedule.ts';
import { admitted, firstWave, stormNeverEnds } from '../../src/laws/admission.ts';
import { type PolicyName, reconnectPolicies } from '../../src/laws/reconnection.ts';
import { createAdmission } from '../../src/network/admission.ts';
import { backOff } from '../../src/transports/reconnect.ts';

const herd = (
  name: PolicyName,
  p: { clients: number; costMs: number; timeoutMs: number; outageMs?: number; untilMs?: number },
  seed = 1,
) =>
  admitted(
    { policy: reconnectPolicies[name], outageMs: 500, untilMs: 600_000, ...p },
    randomStream(seed, name),
  );

test('who waits for ever is in after its turn: the last after N·c', () => {
  const back = herd('fixed', { clients: 400, costMs: 50, timeoutMs: Infinity });
  expect(back.map(({ afterMs }) => afterMs)).toEqual(
    Array.from({ length: 400 }, (_, k) => 500 + 50 * (k + 1)),
  );
  expect(new Set(back.map(({ attempts }) => attempts))).toEqual(new Set([1]));
});

test('the last who is counted is the one that is in just when the time is up', () => {
  const back = herd('fixed', { clients: 400, costMs: 50, timeoutMs: Infinity, untilMs: 1000 });
  expect(back).toHaveLength(10);
  expect(back.at(-1)?.afterMs).toBe(1000);
});

test('who gives up: T/c of 400 are in, and no more, ever', () => {
  const asked = { clients: 400, costMs: 50, timeoutMs: 4000 };
  expect(firstWave(asked)).toBe(80);
  expect(herd('fixed', asked)).toHaveLength(80);
  expect(firstWave({ ...asked, clients: 60 })).toBe(60);
  // 20 are left: their second attempts wait behind those that they gave up, and are in.
  expect(herd('fixed', { ...asked, clients: 100 }).filter(({ attempts }) => attempts === 2)).toHaveLength(20);
});

const borders = [5, 20, 50, 70].flatMap((costMs) =>
  [1000, 4000].flatMap((timeoutMs) => [
    ['fixed', 1000, costMs, timeoutMs] as const,
    ['eventsource', 3000, costMs, timeoutMs] as const,
  ]),
);

test.each(borders)(
  '%s (%d ms), c = %d ms, T = %d ms: a storm ends just below the border, and never on it',
  (name, waitMs, costMs, timeoutMs) => {
    const border = firstWave({ clients: Infinity, costMs, timeoutMs }) + (timeoutMs + waitMs) / costMs;
    for (const clients of [0.5, 0.9, 1.1, 2]
      .map((by) => border * by)
      .concat([-1, 0, 1].map((by) => Math.ceil(border) + by))) {
      const asked = { clients: Math.round(clients), costMs, timeoutMs };
      expect(herd(name, asked).length < asked.clients, `${asked.clients} of ${border}`).toBe(
        stormNeverEnds({ ...asked, waitMs }),
      );
    }
  },
);

test.each([
  ['uniform', 5000],
  ['full-jitter', 15_000],
  ['socket.io', 5000],
  ['doubling', 3750],
] as const)(
  '%s: with the mean of the longest wait (%d ms) all are in up to eight tenths of the border, none of the herds from twice on',
  (name, waitMs) => {
    for (const [costMs, timeoutMs] of [
      [50, 1000],
      [50, 4000],
      [200, 4000],
    ] as const)
      for (const outageMs of [100, 5000]) {
        const clientsAt = (by: number) =>
          Math.round(timeoutMs / costMs + (by * (timeoutMs + waitMs)) / costMs);
        const below = { clients: clientsAt(0.8), costMs, timeoutMs, outageMs };
        const beyond = { ...below, clients: clientsAt(2) };
        expect(herd(name, below), JSON.stringify(below)).toHaveLength(below.clients);
        expect(herd(name, beyond).length, JSON.stringify(beyond)).toBeLessThan(beyond.clients);
      }
  },
);

/** Clients that wait and try, before the server as the relay has it; each gives up after T. */
async function throughTheRelay(name: PolicyName, p: { clients: number; costMs: number; timeoutMs: number }) {
  const clock = virtualClock();
  const { wait } = createAdmission(p.costMs, clock);
  const back: number[] = [];
  const random = randomStream(1, name);
  const attempt = () =>
    new Promise<boolean>((resolve) => {
      // The server serves it at the very nanosecond at which it would give up.
      clock.at(clock.now() + p.timeoutMs * 1e6 + 1, () => resolve(false));
      wait(new EventEmitter() as Socket, () => resolve(true));
    });
  const come = async () => {
    const retry = backOff({ clock, random, reconnect: name });
    do await retry.wait();
    while (!(await attempt()));
    back.push(Math.round(clock.now() / 1e6));
  };
  for (let client = 0; client < p.clients; client++) void come();
  await clock.advance(120e9);
  return back;
}

test.each([
  ['fixed', { clients: 40, costMs: 50, timeoutMs: 1000 }],
  ['fixed', { clients: 70, costMs: 50, timeoutMs: 1000 }],
  ['eventsource', { clients: 90, costMs: 50, timeoutMs: 1000 }],
  ['eventsource', { clients: 110, costMs: 50, timeoutMs: 1000 }],
] as const)('%s %o: the clients and the relay come to what the law sums up', async (name, p) => {
  const law = herd(name, { ...p, outageMs: 0, untilMs: 120_000 });
  expect(await throughTheRelay(name, p)).toEqual(law.map(({ afterMs }) => afterMs));
});
