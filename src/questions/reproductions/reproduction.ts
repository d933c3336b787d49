/**
 * A reproduction of a published result: its figures, what the laws predict for our conditions, and what is measured
 * here, in one row. A figure that was not published is null.
 */
import type { Text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';

/** `exact`: with three decimals, for figures that were published with as many. */
export type RowUnit = 'nanoseconds' | 'bytes' | 'count' | 'decimal' | 'exact';

export interface ReproductionRow {
  readonly metric: Text;
  readonly unit: RowUnit;
  readonly published: number | null;
  /** What the law says for the conditions under which it is measured here; not for those of the publication. */
  readonly predicted: number | null;
  /** How far the measured value may lie from it, in the same unit; 0 where it must be the same. */
  readonly tolerance: number;
  /** Where the law gives a limit instead of a value. */
  readonly limit?: 'at most' | 'at least';
  /** The law that predicts it; null where it is plain arithmetic. */
  readonly law: string | null;
  readonly measured: number | null;
}

/** Sums of fractions differ in their last digits, and that is no difference. */
const digits = 1e-9;

/** Whether a row's measured value is one that its law allows; null if one of the two is missing. */
export function isAllowed({ predicted, tolerance, limit, measured }: ReproductionRow): boolean | null {
  if (predicted === null || measured === null) return null;
  const over = measured - predicted;
  const allowed = tolerance + digits * Math.abs(predicted);
  return (limit === 'at least' || over <= allowed) && (limit === 'at most' || over >= -allowed);
}

export interface Reproducing {
  /** 1 = as published where that is possible here; 0.1 = a tenth of the messages. */
  readonly scale: number;
  readonly signal: AbortSignal;
  readonly onStage: (name: string) => void;
}

export interface ReproductionFinding {
  readonly text: Text;
  readonly holds: boolean | null;
  /** Whether it rests on times, so that it is withheld where a trial was disturbed. */
  readonly onTimes?: boolean;
}

export interface Reproduced {
  readonly rows: readonly ReproductionRow[];
  /** What was found besides the figures, from this run's own values; `holds` is null where there was too little to tell. */
  readonly findings: readonly ReproductionFinding[];
  /** Trials that were noisy or invalid. */
  readonly doubtful: readonly Trial[];
}

export interface Reproduction {
  readonly name: string;
  readonly title: Text;
  /** Author, year, place. */
  readonly source: string;
  /** What the publication did, and what differs here and why. */
  readonly differs: Text;
  /** About how long it takes at scale 1, in seconds. */
  readonly seconds: number;
  run(setting: Reproducing): Promise<Reproduced>;
}
