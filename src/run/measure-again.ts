/** A trial that is made again, where only the machine is to blame that it does not count. */

import type { Trial } from '../document/report.ts';
import type { ServerProcess } from '../target/server-process.ts';
import { measure, startServer } from '../trial/measure.ts';
import type { TrialPlan } from '../trial/plan.ts';

/** After the first time, so often at most. */
const usualAgain = 2;

export interface Again {
  /** A busy machine cannot change bytes and counts; times it can, so there a noisy trial is made again, too. */
  readonly wanted: 'counts' | 'times';
  readonly most?: number;
  /** Of the first time; a free one is started where there is none. */
  readonly server?: ServerProcess | undefined;
  /** Awaited before the first steady phase: see `measure`. */
  readonly beforeSteady?: () => Promise<void>;
}

/**
 * Made again while half of its messages left so late that it does not count, and, where its times are wanted, while it
 * is noisy. The first that is neither is the result, else the last. A note of the kind `measured-again` says how often.
 */
export async function measureAgain(
  plan: TrialPlan,
  { wanted, most = usualAgain, server, beforeSteady }: Again,
): Promise<Trial> {
  let trial = await measure(plan, server ?? (await startServer(plan)), beforeSteady);
  for (let again = 1; again <= most && isSpoiled(trial, wanted) && !plan.signal.aborted; again++) {
    // What has been measured is not lost because it could not be measured once more.
    const next = await startServer(plan)
      .then((started) => measure(plan, started))
      .catch(() => null);
    if (next === null) break;
    trial = { ...next, notes: [...next.notes, { kind: 'measured-again', value: again }] };
  }
  return trial;
}

const isSpoiled = ({ verdict, notes }: Trial, wanted: Again['wanted']): boolean =>
  notes.some(({ kind }) => kind === 'saturated') || (wanted === 'times' && verdict === 'noisy');
