/**
 * Waiting before trying again, by a policy. The usual one is what people write: 100 ms, doubling up to 5 s, each shortened by
 * up to half. It spreads a herd over a long outage; after a blip everybody is back within 50 ms (law HERD4).
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
    /** Since it was last reset. */
    attempts: () => attempts,
    reset: () => {
      attempts = 0;
    },
    wait: () => sleepRoughly(clock, clock.now() + reconnectPolicies[reconnect](attempts++, random) * 1e6),
  };
}
