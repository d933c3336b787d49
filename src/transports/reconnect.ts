/**
 * Waiting before trying again: 100 ms, doubling up to 5 s, each wait shortened by up to half at random, so that
 * clients thrown off together do not come back together.
 */
import { sleepUntil } from '../base/clock.ts';
import type { ConnectOptions } from './transport.ts';

const firstMs = 100;
const longestMs = 5000;

export function backOff({ clock, random }: Pick<ConnectOptions, 'clock' | 'random'>) {
  let waitMs = firstMs;
  return {
    reset: () => {
      waitMs = firstMs;
    },
    async wait() {
      await sleepUntil(clock, clock.now() + waitMs * (1 - random() / 2) * 1e6);
      waitMs = Math.min(waitMs * 2, longestMs);
    },
  };
}
