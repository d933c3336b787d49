/** Trial plans for tests: small, loopback, and with every field a real plan has. */

import type { Load } from '../../src/document/report.ts';
import { transportByName } from '../../src/transports/index.ts';
import { usualLoad, usualPlan } from '../../src/trial/knobs.ts';
import type { TrialPlan } from '../../src/trial/plan.ts';
import { echo } from '../../src/trial/scenarios/echo.ts';

type Overrides = Partial<Omit<TrialPlan, 'transport' | 'load'>> & { load?: Partial<Load> };

export function trialPlan(transportName: string, { load, ...rest }: Overrides = {}): TrialPlan {
  const transport = transportByName(transportName);
  if (!transport) throw new Error(`no transport ${transportName}`);
  const small = {
    clients: 2,
    messages: 3,
    rate: 100,
    size: 20,
    pollIntervalMs: 20,
    warmup: 1,
    outageMs: 1000,
  };
  const plan = usualPlan({ transport, scenario: echo, seed: 7, ...rest });
  // What a scenario is usually run with is not what a test asks for.
  return { ...plan, load: { ...usualLoad, ...small, ...load } };
}
