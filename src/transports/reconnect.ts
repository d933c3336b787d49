/**
 * Waiting before reconnecting, by a policy. The default is what applications write: 100 ms, doubling up to 5 s, each
 * shortened by up to half. It spreads clients after a long outage; after a short one all of them reconnect within the
 * same 50 ms (law HERD4).
 */
import { sleepRoughly } from '../base/clock.ts';
import { reconnectPolicies } from '../laws/reconnection.ts';
import type { ConnectOptions } from './transport.ts';

export function backOff({
  clock,
  random,
  reconnect = 'doubling',
}: Pick<ConnectOptions, 'clock' | 'random' | 'reconnect'>) {
  let attempts = 0;
  return {
    /** Since the last reset. */
    attempts: () => attempts,
    reset: () => {
      attempts = 0;
    },
    wait: () => sleepRoughly(clock, clock.now() + reconnectPolicies[reconnect](attempts++, random) * 1e6),
  };
}
