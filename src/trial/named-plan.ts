/** A trial plan by the names of its scenario and its transport. */

import { UsageError } from '../base/failure.ts';
import { transportByName } from '../transports/index.ts';
import { type PlanAsked, usualPlan } from './knobs.ts';
import type { TrialPlan } from './plan.ts';
import { scenarioByName } from './scenarios/index.ts';

export type WantedPlan = Omit<PlanAsked, 'transport' | 'scenario'>;

/** A plan with usual values except for `wanted`. Throws `UsageError` if there is no such name. */
export function namedPlan(scenarioName: string, transportName: string, wanted: WantedPlan): TrialPlan {
  const scenario = scenarioByName(scenarioName);
  const transport = transportByName(transportName);
  if (!scenario || !transport) throw new UsageError(`no ${scenarioName} over ${transportName}`);
  return usualPlan({ ...wanted, scenario, transport });
}
