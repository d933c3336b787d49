/** A scenario's own figures and knobs have a place in the trial, and no other code needs to know them. */
import { expect, test } from 'vitest';
import { duration } from '../../src/trial/knob.ts';
import { ownKnobs, usualPlan } from '../../src/trial/knobs.ts';
import { metrics } from '../../src/trial/metrics.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';
import { scenarios } from '../../src/trial/scenarios/index.ts';
import { outage } from '../../src/trial/scenarios/outage.ts';
import type { Lab, Scenario } from '../../src/trial/scenarios/scenario.ts';
import { measureHere } from '../support/in-process.ts';
import { trialPlan } from '../support/plans.ts';

const nothing = { en: '', ko: '' };
const counting = {
  ...echo,
  name: 'counting',
  async drive(lab: Lab) {
    lab.found('counting.phases', 1);
    await echo.drive(lab);
  },
  findings: ({ found }) => ({
    figures: { 'counting.phases': found('counting.phases').length, 'counting.none': Math.max(...found('x')) },
  }),
} satisfies Scenario;

test('its figures stand in the trial: those of the measured phase, and none that came to no number', async () => {
  const trial = await measureHere(trialPlan('ws', { scenario: counting }));
  expect(trial.figures).toEqual({ 'counting.phases': 1 });
  expect([trial.outage, trial.stream, trial.idle, trial.memory]).toEqual([null, null, null, null]);
});

test('its knobs have their usual values under `own`, but for those that the document has a place for', () => {
  const knobs = { ...outage.knobs, pauseMs: duration('--pause <time>', nothing, 250) };
  const asked = { ...trialPlan('ws'), scenario: { ...echo, knobs } };
  expect(Object.keys(ownKnobs(asked.scenario))).toEqual(['pauseMs']);
  const { transport, scenario } = asked;
  expect(usualPlan({ transport, scenario }).load.own).toEqual({ pauseMs: 250 });
  expect(usualPlan({ transport, scenario, load: { own: { pauseMs: 9 } } }).load.own).toEqual({ pauseMs: 9 });
  expect(usualPlan({ transport, scenario: echo }).load).not.toHaveProperty('own');
});

test('its metrics are registered as its own, each once', () => {
  for (const { name, metrics: own = [] } of scenarios)
    for (const metric of own)
      expect(metrics.filter((one) => one.name === metric.name).map(({ scenario }) => scenario)).toEqual([
        name,
      ]);
});
