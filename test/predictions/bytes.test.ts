/** Exact laws at the sizes where a digit more or less of a chunk's size would show. */
import { expect, test } from 'vitest';
import { push } from '../../src/trial/scenarios/push.ts';
import { trialPlan } from '../support/plans.ts';
import { undisturbed } from '../support/undisturbed.ts';
import { witnessHere } from '../support/witness.ts';

test.each([
  ['sse', 12],
  ['sse', 247],
  ['ndjson', 12],
  ['ndjson', 13],
  ['ndjson', 250],
])('BY3: the chunk around an event of %s with %i bytes', async (name, size) => {
  const load = { clients: 1, messages: 6, rate: 50, warmup: 1, size };
  const { trial } = await witnessHere(trialPlan(name, { scenario: push, load }));
  expect(trial.predictions.filter(({ law }) => law === 'BY3')).toMatchObject([{ verdict: 'holds' }]);
});

test('BY3: where events carry an id that grows, no exact law says what a chunk costs', async () => {
  const load = { clients: 1, messages: 6, rate: 50, warmup: 1, size: 241 };
  const hear = async () => (await witnessHere(trialPlan('sse:resume', { scenario: push, load }))).trial;
  const trial = await undisturbed(50, hear, (one) => [one]);
  expect(trial.predictions.filter(({ verdict }) => verdict === 'differs')).toEqual([]);
});
