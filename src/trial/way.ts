/** What stands between the clients of a trial and its target. */
import type { Hop } from '../network/hop.ts';
import { loopback } from '../network/link.ts';
import { proxyHop } from '../network/proxies/proxy-process.ts';
import { emulatedHop } from '../network/relay-process.ts';
import { needsRelay, type TrialPlan } from './plan.ts';

/** It travels to another process: the rest of a plan could not. */
const emulatedOf = ({ host, link, middleboxes, seed }: TrialPlan) => ({ host, link, middleboxes, seed });

/** What stands between the clients and the target. */
export const hopsOf = (plan: TrialPlan): Hop[] => [
  ...(needsRelay(plan) ? [emulatedHop(emulatedOf(plan))] : []),
  ...plan.proxies.map((one) =>
    'proxy' in one
      ? proxyHop(one.proxy, plan.host)
      : emulatedHop({ ...emulatedOf(plan), link: loopback, middleboxes: one.boxes }),
  ),
];
