/** The lab and the scenarios on a virtual clock, with a fake transport of fixed delays: exact to the nanosecond. */
import { expect, test } from 'vitest';
import { sleepUntil, type VirtualClock, virtualClock } from '../src/base/clock.ts';
import { behaviours } from '../src/servers/behaviours.ts';
import { createLab, type LabOptions } from '../src/trial/lab.ts';
import { obstacle } from '../src/trial/limits.ts';
import { echo } from '../src/trial/scenarios/echo.ts';
import { outage } from '../src/trial/scenarios/outage.ts';
import { push } from '../src/trial/scenarios/push.ts';
import type { Scenario } from '../src/trial/scenarios/scenario.ts';
import { fakeTransport } from './support/fake-transport.ts';
import { noWires } from './support/no-wires.ts';
import { trialPlan } from './support/plans.ts';

const ms = 1e6;

function setUp(
  clock: VirtualClock,
  scenario: Scenario,
  load: Partial<LabOptions['load']>,
  faults = {},
  deed = async () => 0,
) {
  const behaviour = behaviours[scenario.behaviour]!(clock);
  const fake = fakeTransport(clock, behaviour, { upNs: 3 * ms, downNs: 7 * ms, ...faults });
  const stop = new AbortController();
  const plan = trialPlan('ws', { load: { clients: 2, messages: 10, rate: 10, ...load } });
  const link = { cut: deed, stall: deed, heal: deed };
  const { signal } = stop;
  const lab = createLab({
    ...plan,
    scenario,
    clock,
    timeoutMs: 100,
    target: { tick: behaviour.tick! },
    link,
    signal,
    wires: noWires,
  });
  for (let i = 0; i < plan.load.clients; i++)
    lab.connect(
      i,
      fake.connect((data) => lab.received(i, data)),
    );
  return { lab, stop, fake, load: { phase: 'steady' as const, ...plan.load } };
}

test('an echo over a link of 3 ms up and 7 ms down takes 10 ms from its due time, every time', async () => {
  const clock = virtualClock();
  const { lab, load } = setUp(clock, echo, {});
  const phase = lab.phase(load);
  await clock.advance(2000 * ms);
  const book = await phase;
  expect(new Set(book.latency.raw())).toEqual(new Set([10 * ms]));
  expect(new Set(book.lateness.raw())).toEqual(new Set([0]));
  expect(book.delivery()).toMatchObject({ sent: 20, delivered: 20, lost: 0 });
  expect([lab.messages, lab.payload]).toEqual([
    { up: 20, down: 20 },
    { up: 400, down: 400 },
  ]);
});

test('the load is open: messages leave when they are due, whether the ones before were answered or not', async () => {
  const clock = virtualClock();
  const { lab, load, fake } = setUp(clock, echo, { clients: 1 }, { downNs: 5000 * ms });
  void lab.phase(load);
  await clock.advance(1000 * ms);
  expect(fake.sentAtNs).toHaveLength(10);
  expect(fake.sentAtNs.map((at) => Math.floor(at / (100 * ms)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('the age of a pushed event is its way down, for every client', async () => {
  const clock = virtualClock();
  const { lab, load } = setUp(clock, push, {});
  const phase = lab.phase(load);
  await clock.advance(2000 * ms);
  const book = await phase;
  expect(book.latency.raw()).toEqual(Array(20).fill(7 * ms));
  expect(book.delivery()).toMatchObject({ sent: 20, delivered: 20, lost: 0 });
});

test('what does not arrive before the message deadline is lost, and the phase ends', async () => {
  const clock = virtualClock();
  const { lab, load } = setUp(clock, echo, { clients: 1 }, { loses: (n: number) => n === 4 });
  const phase = lab.phase(load);
  await clock.advance(2000 * ms);
  expect((await phase).delivery()).toMatchObject({ sent: 10, delivered: 9, lost: 1 });
});

test('a message the transport refuses has failed; it is not waited for', async () => {
  const clock = virtualClock();
  const { lab, load } = setUp(clock, echo, { clients: 1 }, { refuses: (n: number) => n % 2 === 0 });
  const phase = lab.phase(load);
  await clock.advance(1020 * ms);
  expect((await phase).delivery()).toMatchObject({
    sent: 10,
    delivered: 5,
    lost: 0,
    errors: { 'send-failed': 5 },
  });
});

test('messages too small for an identity go one at a time', async () => {
  const clock = virtualClock();
  const { lab, load, fake } = setUp(clock, echo, { clients: 1, size: 2, rate: 50 }, { downNs: 60 * ms });
  const phase = lab.phase(load);
  await clock.advance(4000 * ms);
  expect((await phase).delivery()).toMatchObject({ sent: 10, delivered: 10 });
  const gaps = fake.sentAtNs.slice(1).map((at, i) => at - fake.sentAtNs[i]!);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(63 * ms);
});

test.each([
  ['jittered', 8, true],
  ['periodic', 8, true],
  ['poisson', 6, true],
  ['jittered', 20, false],
] as const)(
  'one at a time, each answered after 100 ms: %s at %i a second is kept: %s, as it is said beforehand',
  async (arrivals, rate, isKept) => {
    const clock = virtualClock();
    const small = { clients: 4, size: 2, messages: 200, rate, arrivals };
    const { lab, load } = setUp(clock, echo, small, { upNs: 50 * ms, downNs: 50 * ms });
    const phase = lab.phase(load);
    await clock.advance(60_000 * ms);
    const median = (await phase).lateness.quantile(0.5)!;
    expect(median < 1e9 / rate).toBe(isKept);
    const plan = trialPlan('polling', { load: { ...small, pollIntervalMs: 100 } });
    expect(obstacle(plan) === null).toBe(isKept);
  },
);

test('whoever waits for an answer gives up at the message deadline', async () => {
  const clock = virtualClock();
  // In a closed loop a message is due when it is sent.
  const small = { clients: 1, size: 2, closed: true };
  const { lab, load } = setUp(clock, echo, small, { loses: (n: number) => n === 0 });
  const phase = lab.phase(load);
  await clock.advance(4000 * ms);
  const book = await phase;
  expect(book.delivery()).toMatchObject({ sent: 10, lost: 1 });
  // The message after a lost one is not taken for the lost one.
  expect(book.latency.raw()).toEqual(Array(9).fill(10 * ms));
});

test('the first message after an outage counts, though it comes before the news that the link is healed', async () => {
  const clock = virtualClock();
  const news = async () => {
    const atNs = clock.now();
    await sleepUntil(clock, atNs + 450 * ms);
    return atNs;
  };
  const load = { messages: 40, rate: 20, outage: 'silent' as const, outageMs: 300 };
  const { lab, load: steady } = setUp(clock, outage, load, {}, news);
  const phase = lab.phase(steady);
  await clock.advance(6000 * ms);
  await phase;
  const { healedNs, heardAgainNs } = lab.breakage;
  expect(heardAgainNs).toHaveLength(2);
  // Jittered messages are at most two periods apart.
  for (const atNs of heardAgainNs) {
    expect(atNs! - healedNs!).toBeGreaterThanOrEqual(0);
    expect(atNs! - healedNs!).toBeLessThanOrEqual((100 + 7) * ms);
  }
});

test('a scenario that fails is told, and leaves nothing to wait for', async () => {
  const clock = virtualClock();
  let waiting = 0;
  const counting = {
    ...clock,
    at(dueNs: number, action: () => void) {
      waiting++;
      const cancel = clock.at(dueNs, () => {
        waiting--;
        action();
      });
      return () => {
        waiting--;
        cancel();
      };
    },
  };
  const failing = { ...echo, drive: () => Promise.reject(new Error('no such thing')) };
  const { lab, load } = setUp(counting, failing, {});
  await expect(lab.phase(load)).rejects.toThrow('no such thing');
  expect(waiting).toBe(0);
});

test('an interrupted phase ends at once and keeps what it has', async () => {
  const clock = virtualClock();
  const { lab, load, stop } = setUp(clock, echo, { clients: 1 });
  const phase = lab.phase(load);
  await clock.advance(550 * ms);
  stop.abort(new Error('interrupted'));
  const book = await phase;
  expect(book.delivery().sent).toBeGreaterThanOrEqual(5);
  expect(book.delivery().sent).toBeLessThan(10);
});

test('the duration ends a phase that has messages left', async () => {
  const clock = virtualClock();
  const { lab, load } = setUp(clock, echo, { clients: 1, durationMs: 300 });
  const phase = lab.phase(load);
  await clock.advance(2000 * ms);
  expect((await phase).delivery().sent).toBe(3);
});
