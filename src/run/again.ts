/**
 * Measures again what a busy machine has spoiled: three times at most in all, for every caller. Whether the laws hold
 * never decides this: that would be choosing the outcome.
 */

import type { Trial } from '../document/report.ts';
import { waitedMs, wasOnlyLate } from '../metrics/verdict.ts';
import type { Target } from '../target/target.ts';
import { measure } from '../trial/measure.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { startServer } from '../trial/server-of.ts';

/** The first time included. */
export const mostTimes = 3;

export interface Judged<Made> {
  readonly made: Made;
  /** Spoiled even the last time. */
  readonly isNoisy: boolean;
}

/** Repeats `make` until its result is not spoiled. Throws if the first time fails. */
export async function untilQuiet<Made>(
  make: (time: number) => Promise<Made>,
  isSpoiled: (made: Made) => boolean,
  { most = mostTimes, signal }: { readonly most?: number; readonly signal?: AbortSignal } = {},
): Promise<Judged<Made>> {
  let made = await make(1);
  for (let time = 2; time <= most && isSpoiled(made) && !signal?.aborted; time++) {
    // If a repeat fails, the result before it stands.
    const next = await make(time).catch(() => null);
    if (next === null) break;
    made = next;
  }
  return { made, isNoisy: isSpoiled(made) };
}

export type Spoils = (trial: Pick<Trial, 'verdict' | 'notes' | 'predictions' | 'resources'>) => boolean;

/** Half of its messages left so late that it does not count. Any other failure would only happen again. */
const isSaturated: Spoils = ({ notes }) => notes.some(({ kind }) => kind === 'saturated');

/** The finest difference in time (ms) that a law of this trial is held to. */
const finestMs = ({ predictions }: Pick<Trial, 'predictions'>): number =>
  Math.min(...predictions.filter(({ unit }) => unit === 'ms').map(({ tolerance }) => tolerance));

const isNoisy: Spoils = (trial) => isSaturated(trial) || trial.verdict === 'noisy';

/** What spoils a trial, by what is read from it. */
export const spoiled = {
  /** A busy machine cannot change bytes and counts. */
  counts: isSaturated,
  times: isNoisy,
  /** If a process often waited for longer than a law's tolerance, a deviation says nothing about the law. */
  laws: (trial) =>
    isNoisy(trial) || (trial.verdict !== 'invalid' && waitedMs(trial.resources) > finestMs(trial)),
} as const satisfies Record<string, Spoils>;

/** For figures that use the earliest and latest messages: a single wait shows, and waits of all processes add up. */
export const spoiledAtExtremes =
  (mostMs: number): Spoils =>
  (trial) =>
    spoiled.laws(trial) ||
    Object.values(trial.resources).reduce((sum, process) => sum + (process?.loopDelayMaxMs ?? 0), 0) > mostMs;

/**
 * What may be read from a trial in the end: nothing if it is invalid, with one exception. If its messages only left too
 * late, bytes and numbers of requests are as exact as ever, and its times count as noisy.
 */
export const asEvidence = (trial: Trial): Trial | null =>
  trial.verdict !== 'invalid' ? trial : wasOnlyLate(trial) ? { ...trial, verdict: 'noisy' } : null;

export interface Wish {
  readonly spoils: Spoils;
  readonly most?: number | undefined;
  /** Called before each time. */
  readonly onTime?: (time: number) => void;
  /** For the first time; started if left out. */
  readonly server?: Target | undefined;
  /** Starts a server; by default in a process of ours. */
  readonly start?: (plan: TrialPlan) => Promise<Target>;
  /** Awaited before the first steady phase: see `measure`. */
  readonly beforeSteady?: () => Promise<void>;
}

/** Measures a trial, each time with a new server. A note `measured-again` says how often it was repeated. */
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
    // A deliberately slow server keeps its event loop busy every time, so repeating cannot help.
    { most: plan.load.writeCostUs > 0 ? 1 : most, signal: plan.signal },
  );
}
