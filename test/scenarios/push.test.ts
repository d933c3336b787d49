/**
 * Push with real transports over an emulated link. All of them listen at the same time, beside the floor `tcp`:
 * a busy machine delays them alike, and what the floor needs beyond the link's delay is forgiven to all.
 */
import { beforeAll, expect, test } from 'vitest';
import { longPollingMaxAgeNs, messagesPerResponse } from '../../src/laws/long-polling.ts';
import { pollAge } from '../../src/laws/polling.ts';
import { ksLimit, ksStatistic, pollMeanTolerance } from '../../src/laws/tolerance.ts';
import { parseLink } from '../../src/network/link.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { trialPlan } from '../support/plans.ts';
import { together } from '../support/together.ts';
import { undisturbed } from '../support/undisturbed.ts';
import { answersOf, meanOf, medianOf, quantileOf, type Witnessed, witnessHere } from '../support/witness.ts';

const ms = 1e6;
const link = parseLink('rtt=20ms');
const upNs = link.upDelayMs * ms;
const downNs = link.downDelayMs * ms;
const load = { clients: 1, messages: 300, rate: 100, arrivals: 'poisson', pollIntervalMs: 300 };
const pushers = ['sse', 'ws', 'socket.io:websocket'];
const names = ['tcp', 'polling', 'long-polling', ...pushers];

const witnessed = new Map<string, Witnessed>();
beforeAll(async () => {
  const measure = () => {
    const scenario = together(names.length)(push);
    const of = (name: string) => witnessHere(trialPlan(name, { scenario, link, load }));
    return Promise.all(names.map(async (name) => witnessed.set(name, await of(name))));
  };
  await undisturbed(300, measure, () => [...witnessed.values()].map(({ trial }) => trial));
}, 90_000);
const agesOf = (name: string) => witnessed.get(name)!.agesNs;
const floorExcess = (q: number) => quantileOf(agesOf('tcp'), q) - downNs;

test.each(names)('%s hears each event once, in order, and never sooner than d', (name) => {
  const { trial } = witnessed.get(name)!;
  expect(trial.delivery).toMatchObject({ sent: 300, delivered: 300, lost: 0, duplicated: 0, reordered: 0 });
  expect(Math.min(...agesOf(name))).toBeGreaterThanOrEqual(downNs);
});

test.each(pushers)('WS2, SSE1: %s is at the median as old as the floor, within 3 ms', (name) => {
  // Each trial has a relay process of its own, and on a busy machine one of them may get less of it.
  expect(medianOf(agesOf(name))).toBeLessThan(downNs + floorExcess(0.9) + 3 * ms);
});

test('POLL1: the age of a polled event is uniform on [d, T + d)', () => {
  const law = pollAge({ intervalNs: load.pollIntervalMs * ms, downNs });
  const ages = agesOf('polling').map((age) => age - floorExcess(0.5));
  // Arriving this much later, which differs from poll to poll, moves a uniform distribution by this part of T.
  const unsteady = (floorExcess(0.9) - floorExcess(0.5)) / (load.pollIntervalMs * ms);
  expect(ksStatistic(ages, law.cdf)).toBeLessThan(ksLimit(ages.length) + unsteady);
  const tolerance = pollMeanTolerance(load.pollIntervalMs * ms, ages.length) + floorExcess(0.9);
  expect(Math.abs(meanOf(ages) - law.mean)).toBeLessThan(tolerance);
});

test('POLL1 would not fit if a polled event were half an interval old at most', () => {
  const law = pollAge({ intervalNs: (load.pollIntervalMs / 2) * ms, downNs });
  expect(ksStatistic(agesOf('polling'), law.cdf)).toBeGreaterThan(ksLimit(300));
});

test('LP4: 99 % of long-polled events are at most d + V old, three crossings of the floor', () => {
  const law = longPollingMaxAgeNs({ downNs, blindNs: upNs + downNs });
  const excess = Math.max(2 * ms, floorExcess(0.99));
  expect(quantileOf(agesOf('long-polling'), 0.99)).toBeLessThan(law + 3 * excess);
});

test('LP2: messages per long-polling response follow the blind window that was measured', () => {
  const { heard, dueNs } = witnessed.get('long-polling')!;
  const answers = answersOf(heard[0]!, upNs + downNs);
  // An answer with several messages left as soon as it was asked for: the time since the one before is V.
  const blind = answers.slice(1).flatMap((answer, k) => {
    return answer.messages > 1 ? [answer.atNs - answers[k]!.atNs] : [];
  });
  const rate = (1e9 * dueNs.length) / (dueNs.at(-1)! - dueNs[0]!);
  const law = messagesPerResponse({ rate, blindNs: meanOf(blind) });
  expect(medianOf(blind)).toBeGreaterThanOrEqual(upNs + downNs);
  // The law knows one V; where V itself is unsteady, it is known to that part.
  const unsteady = quantileOf(blind, 0.9) / medianOf(blind) - 1;
  expect(Math.abs(dueNs.length / answers.length / law - 1)).toBeLessThan(0.08 + unsteady / 2);
});

test('the mean age rises from push over long polling to polling', () => {
  const [pushed, longPolled, polled] = ['ws', 'long-polling', 'polling'].map((name) => meanOf(agesOf(name)));
  expect(pushed!).toBeLessThan(longPolled!);
  expect(longPolled!).toBeLessThan(polled!);
});
