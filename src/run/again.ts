/**
 * What a busy machine has spoiled is measured again: three times at most in all, whoever asks. Never asked is whether the
 * laws hold: that would choose the outcome.
 */

import type { Trial } from '../document/report.ts';
import { waitedMs, wasOnlyLate } from '../metrics/verdict.ts';
import type { Target } from '../target/target.ts';
import { measure } from '../trial/measure.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { startServer } from '../trial/server-of.ts';

/** The first time, and twice more. */
export const mostTimes = 3;

export interface Judged<Made> {
  readonly made: Made;
  /** Still, after the last time. */
  readonly isNoisy: boolean;
}

/** Makes it until it is not spoiled. A failure of the first time is thrown. */
export async function untilQuiet<Made>(
  make: (time: number) => Promise<Made>,
  isSpoiled: (made: Made) => boolean,
  { most = mostTimes, signal }: { readonly most?: number; readonly signal?: AbortSignal } = {},
): Promise<Judged<Made>> {
  let made = await make(1);
  for (let time = 2; time <= most && isSpoiled(made) && !signal?.aborted; time++) {
    // What has been measured is not lost because it could not be measured once more.
    const next = await make(time).catch(() => null);
    if (next === null) break;
    made = next;
  }
  return { made, isNoisy: isSpoiled(made) };
}

export type Spoils = (trial: Pick<Trial, 'verdict' | 'notes' | 'predictions' | 'resources'>) => boolean;

/** Half of its messages left so late that it does not count. What broke otherwise would break again. */
const isSaturated: Spoils = ({ notes }) => notes.some(({ kind }) => kind === 'saturated');

/** The finest difference in time (ms) that a law of this trial is held to. */
const finestMs = ({ predictions }: Pick<Trial, 'predictions'>): number =>
  Math.min(...predictions.filter(({ unit }) => unit === 'ms').map(({ tolerance }) => tolerance));

const isNoisy: Spoils = (trial) => isSaturated(trial) || trial.verdict === 'noisy';

/** What spoils a trial, by what is to be read of it. */
export const spoiled = {
  /** A busy machine cannot change bytes and counts. */
  counts: isSaturated,
  times: isNoisy,
  /** Where a process was often kept waiting for longer than a law may be off, a difference would say nothing. */
  laws: (trial) =>
    isNoisy(trial) || (trial.verdict !== 'invalid' && waitedMs(trial.resources) > finestMs(trial)),
} as const satisfies Record<string, Spoils>;

/** For what rests on the earliest and the latest of all: there a single wait shows, and those of each process on the way add up. */
export const spoiledAtExtremes =
  (mostMs: number): Spoils =>
  (trial) =>
    spoiled.laws(trial) ||
    Object.values(trial.resources).reduce((sum, process) => sum + (process?.loopDelayMaxMs ?? 0), 0) > mostMs;

/**
 * What may be read of a trial in the end: nothing where it is invalid, with one exception. Where messages only left too
 * late, what they weighed and how many requests they took is as exact as ever; its times count as noisy.
 */
export const asEvidence = (trial: Trial): Trial | null =>
  trial.verdict !== 'invalid' ? trial : wasOnlyLate(trial) ? { ...trial, verdict: 'noisy' } : null;

export interface Wish {
  readonly spoils: Spoils;
  readonly most?: number | undefined;
  /** Told before each time. */
  readonly onTime?: (time: number) => void;
  /** Of the first time; one is started where there is none. */
  readonly server?: Target | undefined;
  /** Starts one; a process of ours unless told. */
  readonly start?: (plan: TrialPlan) => Promise<Target>;
  /** Awaited before the first steady phase: see `measure`. */
  readonly beforeSteady?: () => Promise<void>;
}

/** A trial against servers of its own. A note of the kind `measured-again` says how often it was. */
export function measureAgain(
  plan: TrialPlan,
  { spoils, most = mostTimes, onTime, server, start = startServer, beforeSteady }: Wish,
): Promise<Judged<Trial>> {
  return untilQuiet(
    async (time) => {
      onTime?.(time);
      if (time === 1) return measure(plan, server ?? (await start(plan)), beforeSteady);
      const trial = await measure(plan, await start(plan));
      return { ...trial, notes: [...trial.notes, { kind: 'measured-again', value: time - 1 }] };
    },
    spoils,
    // A server that is told to be slow keeps its event loop busy each time anew.
    { most: plan.load.writeCostUs > 0 ? 1 : most, signal: plan.signal },
  );
}
