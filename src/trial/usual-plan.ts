/** A trial plan with everything as usual but what is asked for: for whoever measures without a command line. */

import { UsageError } from '../base/failure.ts';
import type { Load } from '../document/report.ts';
import { loopback } from '../network/link.ts';
import { transportByName } from '../transports/index.ts';
import type { Transport } from '../transports/transport.ts';
import type { TrialPlan } from './plan.ts';
import { scenarioByName } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface PlanParts extends Partial<Omit<TrialPlan, 'transport' | 'scenario' | 'load'>> {
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly load?: Partial<Load>;
}

export const usualLoad: Load = {
  clients: 10,
  messages: 30,
  rate: 20,
  arrivals: 'jittered',
  durationMs: null,
  size: 64,
  payload: 'text',
  pollIntervalMs: 100,
  warmup: 5,
  closed: false,
  outage: 'cut',
  outageMs: 2000,
  writeCostUs: 0,
};

export const usualPlan = ({ load, scenario, ...asked }: PlanParts): TrialPlan => ({
  link: loopback,
  middleboxes: {},
  headers: {},
  repeat: 0,
  seed: 1,
  host: '127.0.0.1',
  port: 0,
  heartbeatMs: null,
  keepAlive: true,
  compression: false,
  timeoutMs: 10_000,
  holdMs: 25_000,
  signal: new AbortController().signal,
  scenario,
  ...asked,
  load: { ...usualLoad, ...scenario.defaults, ...load },
});

export type WantedPlan = Omit<PlanParts, 'transport' | 'scenario'>;

/** The same, by names of ours. Throws `UsageError` where there is no such name. */
export function namedPlan(scenarioName: string, transportName: string, wanted: WantedPlan): TrialPlan {
  const scenario = scenarioByName(scenarioName);
  const transport = transportByName(transportName);
  if (!scenario || !transport) throw new UsageError(`no ${scenarioName} over ${transportName}`);
  return usualPlan({ ...wanted, scenario, transport });
}
