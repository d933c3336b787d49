/** A trial that may be made again, where only the machine is to blame that it does not count. */
import { measure, startServer, type TrialPlan } from './measure.ts';
import type { Trial } from './metrics/report.ts';
import type { ServerProcess } from './serve.ts';

const most = 3;

/**
 * Three times at most, while half of its messages left so late that it does not count: what asks for bytes and counts,
 * or for one value of many, need not fail because the machine stood still once. Nothing else is made again.
 *
 * @param server of the first time; a free one is started where there is none.
 */
export async function measureAgain(plan: TrialPlan, server?: ServerProcess): Promise<Trial> {
  for (let made = 1, started = server; ; made++, started = undefined) {
    const trial = await measure(plan, started ?? (await startServer(plan)));
    const wasTooLate = trial.notes.some(({ kind }) => kind === 'saturated');
    if (!wasTooLate || made === most || plan.signal.aborted) return trial;
  }
}
