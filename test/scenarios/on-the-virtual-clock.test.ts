/**
 * The scenario `push` on the virtual clock, through the lab, over mailboxes that are asked by a poll grid and by
 * a long-polling loop: exact where a law is exact, and with thousands of messages where it is a mean.
 */
import { expect, test } from 'vitest';
import { type Clock, virtualClock } from '../../src/base/clock.ts';
import type { Arrivals } from '../../src/base/schedule.ts';
import type { Load } from '../../src/document/report.ts';
import {
  blindWindowNs,
  longPollingMaxAgeNs,
  longPollingMeanAgeNs,
  messagesPerResponse,
  periodicLongPollingAge,
  periodicMessagesPerResponse,
} from '../../src/laws/long-polling.ts';
import {
  emptyShare,
  isPhaseLocked,
  messagesPerNonEmptyPoll,
  phasePattern,
} from '../../src/laws/poll-contents.ts';
import { pollAge, pollCount } from '../../src/laws/polling.ts';
import { emptyShareTolerance, ksLimit, ksStatistic, pollMeanTolerance } from '../../src/laws/tolerance.ts';
import { behaviours } from '../../src/servers/behaviours.ts';
import type { Behaviour } from '../../src/servers/server.ts';
import { createLab } from '../../src/trial/lab.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { fakeLongPolling, fakePolling } from '../support/fake-mailbox.ts';
import { noWires } from '../support/no-wires.ts';
import { trialPlan } from '../support/plans.ts';
import { meanOf } from '../support/witness.ts';

const ms = 1e6;
type Open = (clock: Clock, behaviour: Behaviour) => ReturnType<typeof fakePolling>;

/** Lets the server speak the load to one client; `untilMs` is when everything has been said and heard. */
async function hear(open: Open, load: Partial<Load>) {
  const clock = virtualClock();
  const behaviour = behaviours.ticker!(clock);
  const fake = open(clock, behaviour);
  const plan = trialPlan('polling', { scenario: push, load: { clients: 1, ...load } });
  const lab = createLab({
    ...plan,
    clock,
    target: { tick: behaviour.tick! },
    signal: new AbortController().signal,
    link: { cut: async () => 0, stall: async () => 0, heal: async () => 0 },
    wires: noWires,
  });
  const connection = fake.connect((data) => lab.received(0, data));
  lab.connect(0, connection);
  // The first question of a long poll has to cross the link before anything is parked.
  await clock.advance(1000 * ms);
  fake.perResponse.length = 0;
  let over = false;
  const { messages, rate } = plan.load;
  const phase = lab.phase({ phase: 'steady', messages, rate, durationMs: null }).finally(() => {
    over = true;
  });
  while (!over) await clock.advance(clock.now() + 1000 * ms);
  const book = await phase;
  expect(book.delivery()).toMatchObject({ sent: messages, delivered: messages, lost: 0, reordered: 0 });
  return { book, ages: book.latency.raw(), perResponse: fake.perResponse, connection, clock };
}

const within = (value: number, law: number, share: number) => Math.abs(value / law - 1) <= share;

const grid = { upNs: 13 * ms, downNs: 7 * ms, intervalNs: 500 * ms, phaseNs: 171 * ms };
const polled: Open = (clock, behaviour) => fakePolling(clock, behaviour, grid);

test('POLL1: under Poisson arrivals the age of a polled event is uniform on [d, T + d)', async () => {
  const { ages } = await hear(polled, { messages: 4000, rate: 20, arrivals: 'poisson' });
  const law = pollAge(grid);
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(law.low);
  expect(Math.max(...ages)).toBeLessThan(law.high + 1);
  expect(ksStatistic(ages, law.cdf)).toBeLessThan(ksLimit(ages.length));
  expect(Math.abs(meanOf(ages) - law.mean)).toBeLessThan(pollMeanTolerance(grid.intervalNs, ages.length));
});

test('POLL1 tells d from half the round trip: shifted by their difference, it no longer fits', async () => {
  const { ages } = await hear(polled, { messages: 4000, rate: 20, arrivals: 'poisson' });
  const wrong = pollAge({ ...grid, downNs: 40 * ms });
  expect(ksStatistic(ages, wrong.cdf)).toBeGreaterThan(ksLimit(ages.length));
});

test.each([3, 40])('POLL3: polls follow time, not messages, at %d messages a second', async (rate) => {
  const { connection, clock } = await hear(polled, { messages: rate * 20, rate, arrivals: 'poisson' });
  const made = connection.polls()!.made;
  // The clock stands on a whole second, and a poll that is due at this very moment has been made.
  expect(made).toBe(pollCount({ durationNs: clock.now() + 1, ...grid }));
});

test.each<[Arrivals, number]>([
  ['poisson', 0.7],
  ['poisson', 4],
  ['periodic', 0.7131],
  ['periodic', 4.0731],
  ['jittered', 0.7],
  ['jittered', 3],
])(
  'POLL4 and POLL7: %s arrivals at %d a second leave as many polls empty as the law says',
  async (kind, rate) => {
    if (kind === 'periodic')
      expect(isPhaseLocked({ periodNs: 1e9 / rate, intervalNs: grid.intervalNs })).toBe(false);
    const { perResponse } = await hear(polled, { messages: 4000, rate, arrivals: kind });
    const law = { arrivals: kind, rate, intervalNs: grid.intervalNs };
    const empty = perResponse.filter((count) => count === 0).length / perResponse.length;
    const share = emptyShare(law);
    expect(Math.abs(empty - share)).toBeLessThanOrEqual(
      emptyShareTolerance(share, perResponse.length) + 1 / perResponse.length,
    );
    const full = perResponse.filter((count) => count > 0);
    expect(within(meanOf(full), messagesPerNonEmptyPoll(law), 0.05)).toBe(true);
  },
);

const line = { upNs: 18 * ms, downNs: 20 * ms, turnaroundNs: 1.5 * ms, serviceNs: 0.5 * ms };
const blindNs = blindWindowNs(line);
const longPolled: Open = (clock, behaviour) => fakeLongPolling(clock, behaviour, line);

test.each([5, 25, 60, 200])('LP2, LP3 and LP4 hold for 5,000 Poisson messages, %d a second', async (rate) => {
  const { ages, perResponse } = await hear(longPolled, { messages: 5000, rate, arrivals: 'poisson' });
  const link = { rate, blindNs, downNs: line.downNs };
  expect(within(meanOf(perResponse), messagesPerResponse(link), 0.05)).toBe(true);
  expect(within(meanOf(ages), longPollingMeanAgeNs(link), 0.05)).toBe(true);
  expect(Math.min(...ages)).toBe(line.downNs);
  expect(Math.max(...ages)).toBeLessThanOrEqual(longPollingMaxAgeNs(link));
  expect(Math.max(...ages)).toBeGreaterThan(longPollingMaxAgeNs(link) - ms);
});

test.each([40.5, 63, 250])(
  'LP5: a period of %d ms is longer than V: each response one message, each age d',
  async (period) => {
    const { ages, perResponse } = await hear(longPolled, {
      messages: 500,
      rate: 1000 / period,
      arrivals: 'periodic',
    });
    expect(new Set(perResponse)).toEqual(new Set([1]));
    expect(new Set(ages)).toEqual(new Set([line.downNs]));
  },
);

test.each([39.5, 23.7, 7.3])(
  'LP5: a period of %d ms is shorter than V: V/P messages a response, ages up to d + V',
  async (period) => {
    const { ages, perResponse } = await hear(longPolled, {
      messages: 5000,
      rate: 1000 / period,
      arrivals: 'periodic',
    });
    const link = { periodNs: period * ms, blindNs, downNs: line.downNs };
    const law = periodicLongPollingAge(link);
    expect(within(meanOf(perResponse), periodicMessagesPerResponse(link), 0.01)).toBe(true);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(law.low);
    expect(Math.max(...ages)).toBeLessThanOrEqual(law.high);
    expect(ksStatistic(ages, law.cdf)).toBeLessThan(ksLimit(ages.length));
  },
);

test.each([50, 100, 120])(
  'LP5: at a period of 250 ms and %d ms each way a message is never kept waiting',
  async (delay) => {
    const { ages, perResponse } = await hearSlowly(delay);
    expect(new Set(perResponse)).toEqual(new Set([1]));
    expect(new Set(ages)).toEqual(new Set([delay * ms]));
  },
);

test.each([130, 150])('LP5: at a period of 250 ms and %d ms each way it batches', async (delay) => {
  const { ages, perResponse } = await hearSlowly(delay);
  const link = { periodNs: 250 * ms, blindNs: 2 * delay * ms, downNs: delay * ms };
  expect(new Set(perResponse)).toEqual(new Set([1, 2]));
  expect(within(meanOf(perResponse), periodicMessagesPerResponse(link), 0.01)).toBe(true);
  // Both clocks are whole numbers of 10 ms, so the ages are a comb: its mean is known to less than a tooth.
  const tooth = phasePattern({ ...link, intervalNs: link.blindNs }).stepNs;
  expect(Math.abs(meanOf(ages) - periodicLongPollingAge(link).mean)).toBeLessThan(tooth);
});

const hearSlowly = (delay: number) =>
  hear((clock, behaviour) => fakeLongPolling(clock, behaviour, { upNs: delay * ms, downNs: delay * ms }), {
    messages: 2000,
    rate: 4,
    arrivals: 'periodic',
  });
