/**
 * A bench is a plain value with a name, run by `npm run bench -- NAME`, that returns lines for the table. A bench
 * prints and never asserts: a time depends on this machine and this moment, so it is no test.
 */
import type { Random } from '../src/base/schedule.ts';

/** One line of the table, already formatted; a column that does not apply is empty. */
export interface Line {
  readonly figure: string;
  readonly ours: string;
  readonly peer: string;
  readonly ratio: string;
  readonly aim: string;
  readonly verdict: 'met' | 'open' | 'not met' | '';
}

export interface BenchOptions {
  /** Pairs in each series: 20 or more for figures that are quoted, fewer to try something out. */
  readonly pairs: number;
  /** Whether the test suite is timed as well; it takes minutes. */
  readonly suite: boolean;
  /** The folder of another build of rtcompare. */
  readonly against: string | undefined;
  /** A separate random stream for each purpose. */
  readonly random: (purpose: string) => Random;
  readonly progress: (what: string) => void;
}

export interface Bench {
  readonly name: string;
  /** How many pairs it runs without `--pairs`; with 20, some benches would take too long. */
  readonly usualPairs: number;
  /** The bench is left out without `--against`. */
  readonly needs?: 'against';
  /** Sentences under the table: what was compared, and how. */
  readonly method: readonly string[];
  run(options: BenchOptions): Promise<Line[]>;
}
