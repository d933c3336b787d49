/** The clock of another machine: it shows another time, and runs at another pace. */
import type { Clock } from '../../src/base/clock.ts';

export const skewedClock = (
  clock: Clock,
  { aheadNs, ppm }: { readonly aheadNs: number; readonly ppm: number },
): Clock => {
  const pace = 1 + ppm / 1e6;
  const originNs = clock.now();
  return {
    now: () => originNs + aheadNs + (clock.now() - originNs) * pace,
    at: (dueNs, action) => clock.at(originNs + (dueNs - originNs - aheadNs) / pace, action),
  };
};
