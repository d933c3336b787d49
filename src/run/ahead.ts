/** The server of the next trial, started while the one before warms up: it loads its libraries meanwhile. */

import type { ServerProcess } from '../target/server-process.ts';
import { startServer } from '../trial/measure.ts';
import type { TrialPlan } from '../trial/plan.ts';

export interface ServerAhead extends AsyncDisposable {
  /** The one that was started ahead, or a new one. */
  take(plan: TrialPlan): Promise<ServerProcess>;
  /** Resolves when it listens, or cannot: its own trial will report that. */
  prepare(next: TrialPlan | undefined): Promise<void>;
}

export function serverAhead(): ServerAhead {
  let ahead: Promise<ServerProcess> | undefined;
  return {
    take(plan) {
      const taken = ahead ?? startServer(plan);
      ahead = undefined;
      return taken;
    },
    async prepare(next) {
      // A fixed port cannot be taken twice.
      if (next?.port !== 0 || next.signal.aborted) return;
      ahead = startServer(next);
      await ahead.catch(() => {});
    },
    async [Symbol.asyncDispose]() {
      await (await ahead?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}
