/** The server of the next trial, started while the one before warms up: it loads its libraries meanwhile. */

import type { Target } from '../target/target.ts';
import { startServer } from '../trial/measure.ts';
import type { TrialPlan } from '../trial/plan.ts';
import type { Elsewhere } from './elsewhere.ts';

export interface ServerAhead extends AsyncDisposable {
  /** The one that was started ahead, or a new one. */
  take(plan: TrialPlan): Promise<Target>;
  /** A new one. */
  start(plan: TrialPlan): Promise<Target>;
  /** Resolves when it listens, or cannot: its own trial will report that. */
  prepare(next: TrialPlan | undefined): Promise<void>;
}

/** @param elsewhere has them where they are not of this machine; there one comes after the other. */
export function serverAhead(elsewhere?: Elsewhere): ServerAhead {
  const start = elsewhere?.start ?? startServer;
  let ahead: Promise<Target> | undefined;
  return {
    start,
    take(plan) {
      const taken = ahead ?? start(plan);
      ahead = undefined;
      return taken;
    },
    async prepare(next) {
      // A fixed port cannot be taken twice.
      if (elsewhere || next?.port !== 0 || next.signal.aborted) return;
      ahead = start(next);
      await ahead.catch(() => {});
    },
    async [Symbol.asyncDispose]() {
      await (await ahead?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}
