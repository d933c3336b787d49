/**
 * LP5 with real sockets: events every 100 ms over links of 20 to 80 ms each way. Below a one-way delay of half
 * the period long polling is a push; above it, it batches. The floor is measured beside it at the same time.
 */
import { beforeAll, expect, test } from 'vitest';
import { periodicLongPollingAge, periodicMessagesPerResponse } from '../../src/laws/long-polling.ts';
import { parseLink } from '../../src/network/link.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import type { Scenario } from '../../src/trial/scenarios/scenario.ts';
import { trialPlan } from '../support/plans.ts';
import { together } from '../support/together.ts';
import { undisturbed } from '../support/undisturbed.ts';
import { answersOf, medianOf, quantileOf, type Witnessed, witnessHere } from '../support/witness.ts';

const ms = 1e6;
const periodMs = 100;
const messages = 30;

const hear = (name: string, oneWayMs: number, scenario: Scenario) =>
  witnessHere(
    trialPlan(name, {
      scenario,
      link: parseLink(`rtt=${2 * oneWayMs}ms`),
      load: { clients: 1, messages, rate: 1000 / periodMs, arrivals: 'periodic' },
    }),
  );

const witnessed = new Map<string, Witnessed>();
beforeAll(async () => {
  const pairs = [20, 40, 60, 80].map((delay) => ['long-polling', delay] as const);
  const others = [40, 60].flatMap((delay) => [['ws', delay] as const, ['tcp', delay] as const]);
  const measure = () => {
    const scenario = together(pairs.length + others.length)(push);
    return Promise.all(
      [...pairs, ...others].map(async ([name, delay]) =>
        witnessed.set(`${name} ${delay}`, await hear(name, delay, scenario)),
      ),
    );
  };
  await undisturbed(100, measure, () => [...witnessed.values()].map(({ trial }) => trial));
}, 90_000);
const of = (name: string, oneWayMs: number) => witnessed.get(`${name} ${oneWayMs}`)!;
const floorExcesses = [40, 60].map((delay) => () => of('tcp', delay).agesNs.map((age) => age - delay * ms));
/** Each trial has a relay process of its own, and on a busy machine one of them may get less of it. */
const floorExcess = () =>
  quantileOf(
    floorExcesses.flatMap((excesses) => excesses()),
    0.9,
  );

test.each([20, 40, 60, 80])('at %d ms each way nothing is lost, and each answer is one poll', (delay) => {
  const { trial, heard } = of('long-polling', delay);
  expect(trial.delivery).toMatchObject({ sent: messages, delivered: messages, lost: 0, duplicated: 0 });
  expect(trial.polls!.empty).toBe(0);
  // A phase ends with one question on its way or parked.
  expect(Math.abs(trial.polls!.made - answersOf(heard[0]!, 2 * delay * ms).length)).toBeLessThanOrEqual(1);
});

test.each([20, 40])('LP5: at %d ms each way a message has its poll to itself and is d old', (delay) => {
  const { trial, agesNs } = of('long-polling', delay);
  // To be late for a parked poll takes P − V of bad luck on three crossings, which the floor has as well.
  const luck = ((periodMs - 2 * delay) * ms) / 3;
  const unlucky = floorExcesses.flatMap((excesses) => excesses()).filter((excess) => excess > luck).length;
  const shared = messages - trial.polls!.made;
  expect(shared).toBeLessThanOrEqual(1 + messages / 20 + 3 * unlucky);
  expect(Math.min(...agesNs)).toBeGreaterThanOrEqual(delay * ms);
  // Where the floor itself needs so long that two crossings exceed the period, it is the step that has moved.
  const blindNs = 2 * (delay * ms + floorExcess());
  const law = periodicLongPollingAge({ periodNs: periodMs * ms, blindNs, downNs: delay * ms });
  expect(medianOf(agesNs)).toBeLessThan(law.high + floorExcess() + 3 * ms);
});

test.each([60, 80])('LP5: at %d ms each way messages share polls, and most are older than d', (delay) => {
  const { trial, agesNs } = of('long-polling', delay);
  const law = periodicMessagesPerResponse({ periodNs: periodMs * ms, blindNs: 2 * delay * ms });
  expect(messages / trial.polls!.made).toBeGreaterThan(0.95 * law);
  // Uniform on [d, d + V): half of them wait V/2, and noise only makes the blind window longer.
  expect(medianOf(agesNs)).toBeGreaterThan(delay * ms + 0.5 * delay * ms);
});

test.each([40, 60])('WS2: at %d ms each way ws knows no step: it is as old as the floor', (delay) => {
  const ages = of('ws', delay).agesNs;
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(delay * ms);
  expect(medianOf(ages)).toBeLessThan(delay * ms + floorExcess() + 3 * ms);
  expect(of('ws', delay).trial.requests).toBe(1);
});
