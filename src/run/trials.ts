/** Trials by name, for the commands that answer questions: repeated by one policy; the doubtful ones are collected. */

import type { Trial } from '../document/report.ts';
import { checkFiles } from '../trial/limits.ts';
import { namedPlan, type WantedPlan } from '../trial/named-plan.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { type Judged, measureAgain, type Spoils, spoiled } from './again.ts';

export interface Trials {
  /** Noisy or invalid even after the last repeat. */
  readonly doubtful: readonly Trial[];
  /** A trial for its bytes and counts, which noise does not change. */
  counted(scenario: string, transport: string, wanted?: WantedPlan): Promise<Trial>;
  /** A trial for its times; it is repeated while `spoils` says so. */
  timed(spoils: Spoils, scenario: string, transport: string, wanted?: WantedPlan): Promise<Judged<Trial>>;
}

/** @param onTime called before each time a trial is measured; `time` counts from 1. */
export function createTrials(signal: AbortSignal, onTime: (plan: TrialPlan, time: number) => void): Trials {
  const doubtful: Trial[] = [];
  const timed: Trials['timed'] = async (spoils, scenario, transport, wanted = {}) => {
    signal.throwIfAborted();
    const plan = namedPlan(scenario, transport, { ...wanted, signal });
    checkFiles(plan);
    const judged = await measureAgain(plan, { spoils, onTime: (time) => onTime(plan, time) });
    // An interrupted trial must not be used as a result.
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
