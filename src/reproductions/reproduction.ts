/**
 * What reproducing a published result is: its figures, what the laws predict for our conditions, and what is measured
 * here, in one row. A figure that was not published is null, and stays null.
 */
import type { Text } from '../base/text.ts';
import type { Trial } from '../metrics/report.ts';

/** `exact`: with three decimals, for figures that were published with as many. */
export type RowUnit = 'nanoseconds' | 'bytes' | 'count' | 'decimal' | 'exact';

export interface Row {
  readonly metric: Text;
  readonly unit: RowUnit;
  readonly published: number | null;
  readonly predicted: number | null;
  /** The law that predicts it; null where it is plain arithmetic. */
  readonly law: string | null;
  readonly measured: number | null;
}

export interface Setting {
  /** 1 = as published where that is possible here; 0.1 = a tenth of the messages. */
  readonly scale: number;
  readonly signal: AbortSignal;
  readonly onStage: (name: string) => void;
}

export interface Outcome {
  readonly rows: readonly Row[];
  /** What was found besides the figures, from this run's own values; `holds` is null where there was too little to tell. */
  readonly findings: readonly { readonly text: Text; readonly holds: boolean | null }[];
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
  run(setting: Setting): Promise<Outcome>;
}
