/** A trial that the machine disturbed is repeated a few times; an undisturbed or a broken one is not. */
import { expect, test } from 'vitest';
import type { Plan } from '../src/document/report.ts';
import { measureAgain, spoiled as spoils } from '../src/run/again.ts';
import { run } from '../src/run/run.ts';
import { echo } from '../src/trial/scenarios/echo.ts';
import type { Scenario } from '../src/trial/scenarios/scenario.ts';
import { startServer } from '../src/trial/server-of.ts';
import { trialPlan } from './support/plans.ts';
import { standStill } from './support/stand-still.ts';

/** Longer than a loop may stand still in a trial that is not noisy. */
const standMs = 150;
/** A closed loop has no schedule to be late for, so that it is never saturated, however busy the machine is. */
const onlyNoisy = { messages: 60, closed: true };

/** Stands still at the beginning of the first so many steady phases, longer than all its messages take. */
async function spoiled(times: number, wanted: 'counts' | 'times', stillMs = 300, load = {}) {
  let made = 0;
  const scenario: Scenario = {
    ...echo,
    async drive(lab) {
      if (lab.phase === 'steady' && made++ < times) standStill(stillMs);
      await echo.drive(lab);
    },
  };
  const plan = trialPlan('tcp', { scenario, load });
  const { made: trial } = await measureAgain(plan, { spoils: spoils[wanted] });
  return { made, kinds: trial.notes.map(({ kind }) => kind), verdict: trial.verdict };
}

test('what was too late to count is made again, three times at most', async () => {
  const often = await spoiled(Infinity, 'counts');
  expect([often.made, often.verdict]).toEqual([3, 'invalid']);
  expect(often.kinds).toContain('saturated');
  const once = await spoiled(1, 'counts');
  expect(once.made).toBeGreaterThan(1);
  expect(once.kinds).toContain('measured-again');
});

test('a noisy trial is made again where its times are wanted, and only there', async () => {
  expect(await spoiled(Infinity, 'times', standMs, onlyNoisy)).toMatchObject({ made: 3, verdict: 'noisy' });
  expect(await spoiled(Infinity, 'counts', standMs, onlyNoisy)).toMatchObject({ made: 1, verdict: 'noisy' });
});

test('where a scenario does not rest on times, a threshold that does has it made again, once', async () => {
  let made = 0;
  const scenario: Scenario = {
    ...echo,
    timed: false,
    async drive(lab) {
      if (lab.phase === 'steady') {
        made++;
        standStill(standMs);
      }
      await echo.drive(lab);
    },
  };
  const trial = trialPlan('tcp', { scenario, load: onlyNoisy });
  const ran = { plan: { seed: 1 } as Plan, trials: [trial], signal: trial.signal, again: 2 };
  await run(ran);
  expect(made).toBe(1);
  const { trials } = await run({ ...ran, timesWanted: () => true });
  expect(made).toBe(3);
  expect(trials[0]!.notes).toContainEqual({ kind: 'measured-again', value: 1 });
});

test('a trial that could not take place is not made again', async () => {
  const { signal } = new AbortController();
  const plan = trialPlan('tcp', { host: '203.0.113.9', signal });
  await expect(measureAgain(plan, { spoils: spoils.counts })).rejects.toThrow(
    'this machine has no address 203.0.113.9',
  );
});

test('what was measured is kept where it cannot be measured once more', async () => {
  const scenario: Scenario = {
    ...echo,
    async drive(lab) {
      if (lab.phase === 'steady') standStill(standMs);
      await echo.drive(lab);
    },
  };
  const plan = trialPlan('tcp', { scenario, load: onlyNoisy });
  const server = await startServer(plan);
  const nowhere = { ...plan, transport: { ...plan.transport, server: 'nowhere' } };
  const kept = await measureAgain(nowhere, { spoils: spoils.times, server });
  expect(kept).toMatchObject({ made: { verdict: 'noisy' }, isNoisy: true });
});
