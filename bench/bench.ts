/**
 * What a bench is: a plain value with a name, run by `npm run bench -- NAME`, that gives lines for the table. A
 * bench prints and never asserts: what a time should be on this machine today is not a test.
 */
import type { Random } from '../src/base/schedule.ts';

/** One line of the table, already formatted; empty where a column does not apply. */
export interface Line {
  readonly figure: string;
  readonly ours: string;
  readonly peer: string;
  readonly ratio: string;
  readonly aim: string;
  readonly verdict: 'met' | 'open' | 'not met' | '';
}

export interface BenchOptions {
  /** Pairs a series: 20 or more for figures that are quoted, fewer to try something out. */
  readonly pairs: number;
  /** Whether the test suite is timed as well; it takes minutes. */
  readonly suite: boolean;
  /** The folder of another build of rtcompare. */
  readonly against: string | undefined;
  /** A stream of its own for each purpose. */
  readonly random: (purpose: string) => Random;
  readonly progress: (what: string) => void;
}

export interface Bench {
  readonly name: string;
  /** How many pairs it runs where nobody says otherwise; not all can have 20 without taking too long. */
  readonly usualPairs: number;
  /** Left out where nobody named another build. */
  readonly needs?: 'against';
  /** Sentences under the table: what was compared, and how. */
  readonly method: readonly string[];
  run(options: BenchOptions): Promise<Line[]>;
}
