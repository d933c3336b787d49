/** Trials by name, for whoever asks a question: made by the one policy, and those that are doubtful are remembered. */

import type { Trial } from '../document/report.ts';
import { checkFiles } from '../trial/limits.ts';
import { namedPlan, type WantedPlan } from '../trial/named-plan.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { type Judged, measureAgain, type Spoils, spoiled } from './again.ts';

export interface Trials {
  /** Noisy or invalid in the end. */
  readonly doubtful: readonly Trial[];
  /** For its bytes and counts, which noise does not change. */
  counted(scenario: string, transport: string, wanted?: WantedPlan): Promise<Trial>;
  /** For its times; `spoils` says what they do not survive. */
  timed(spoils: Spoils, scenario: string, transport: string, wanted?: WantedPlan): Promise<Judged<Trial>>;
}

/** @param onTime told before each time, with how often it is now. */
export function createTrials(signal: AbortSignal, onTime: (plan: TrialPlan, time: number) => void): Trials {
  const doubtful: Trial[] = [];
  const timed: Trials['timed'] = async (spoils, scenario, transport, wanted = {}) => {
    signal.throwIfAborted();
    const plan = namedPlan(scenario, transport, { ...wanted, signal });
    checkFiles(plan);
    const judged = await measureAgain(plan, { spoils, onTime: (time) => onTime(plan, time) });
    // Half a trial is nobody's result.
    signal.throwIfAborted();
    if (judged.made.verdict !== 'valid') doubtful.push(judged.made);
    return judged;
  };
  return {
    doubtful,
    timed,
    counted: async (...wanted) => (await timed(spoiled.counts, ...wanted)).made,
  };
}
