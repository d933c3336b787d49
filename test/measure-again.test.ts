/** A trial that the machine spoiled is made again, a few times; one that it did not spoil, or that is broken, is not. */
import { expect, test } from 'vitest';
import { measureAgain } from '../src/measure-again.ts';
import { echo } from '../src/scenarios/echo.ts';
import type { Scenario } from '../src/scenarios/scenario.ts';
import { trialPlan } from './support/plans.ts';
import { standStill } from './support/stand-still.ts';

/** Stands still at the beginning of the first so many steady phases, longer than all its messages take. */
async function spoiled(times: number) {
  let made = 0;
  const scenario: Scenario = {
    ...echo,
    async drive(lab) {
      if (lab.phase === 'steady' && made++ < times) standStill(300);
      await echo.drive(lab);
    },
  };
  const trial = await measureAgain(trialPlan('tcp', { scenario }));
  return { made, kinds: trial.notes.map(({ kind }) => kind), verdict: trial.verdict };
}

test('what was too late to count is made again, three times at most', async () => {
  const often = await spoiled(Infinity);
  expect([often.made, often.verdict]).toEqual([3, 'invalid']);
  expect(often.kinds).toContain('saturated');
  const once = await spoiled(1);
  expect(once.made).toBeGreaterThan(1);
});

test('a trial that could not take place is not made again', async () => {
  const { signal } = new AbortController();
  const plan = trialPlan('tcp', { host: '203.0.113.9', signal });
  await expect(measureAgain(plan)).rejects.toThrow('this machine has no address 203.0.113.9');
});
