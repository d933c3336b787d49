/** A time that a law does not fit is held against the machine first: who was kept waiting for longer than that? */
import { expect, test } from 'vitest';
import { predict } from '../../src/trial/predictions/index.ts';
import { push } from '../../src/trial/scenarios/push.ts';
import { trialPlan } from '../support/plans.ts';

const plan = trialPlan('sse', { scenario: push });
const { transport } = plan;
/** SSE1 alone: on loopback an event is 0 ms old, give or take 3. */
const inputs = {
  ...plan,
  port: 0,
  transport: { ...transport, traits: { ...transport.traits, laws: ['SSE1'] } },
};
const waited = (loopDelayP99Ms: number) => ({ loopDelayP99Ms });

const told = (ageMs: number, changed: object) => {
  const resources = { client: waited(1), server: waited(1) };
  const trial = { verdict: 'valid', latency: { p50: ageMs * 1e6 }, resources, ...changed };
  return predict(inputs, { trial } as never).map(({ verdict, withheld }) => [verdict, withheld]);
};

test('a law is broken only by a machine that was quick enough to say so', () => {
  expect(told(1, {})).toEqual([['holds', undefined]]);
  expect(told(4.6, {})).toEqual([['differs', undefined]]);
  const withheld = [['not-applicable', true]];
  expect(told(4.6, { verdict: 'noisy' })).toEqual(withheld);
  for (const process of ['client', 'server', 'relay'])
    expect(
      told(4.6, { resources: { client: waited(1), server: waited(1), [process]: waited(3.5) } }),
    ).toEqual(withheld);
  // What holds although the machine was busy, holds.
  expect(told(2, { resources: { client: waited(30), server: waited(1) } })).toEqual([['holds', undefined]]);
});
