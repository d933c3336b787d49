/**
 * What a lesson is: one misconception, one question that a student answers before anything is measured, an experiment,
 * the law that predicts its outcome, and sentences that explain it. A lesson holds no expected number: its answer is
 * what was measured, beside what the law says.
 */

import type { Text } from '../base/text.ts';
import type { Line } from '../claims/claim.ts';
import type { Trial } from '../metrics/report.ts';
import type { Setting } from '../reproductions/reproduction.ts';

/** A number, or the key of a choice. Numbers are nanoseconds and bytes; only the question speaks of milliseconds. */
export type Value = number | string;

export type Unit = 'nanoseconds' | 'bytes' | 'count' | 'decimal' | 'share' | 'flag' | 'choice';

export interface NumberQuestion {
  readonly kind: 'number';
  readonly unit: Exclude<Unit, 'choice' | 'share' | 'flag'>;
  /** What is counted, in the words of the question: `bytes`, `ms`, `messages a second`. */
  readonly word: Text;
}

export const inMilliseconds: NumberQuestion = {
  ...{ kind: 'number', unit: 'nanoseconds' },
  word: { en: 'ms', ko: 'ms' },
};

export const inBytes: NumberQuestion = {
  ...{ kind: 'number', unit: 'bytes' },
  word: { en: 'bytes', ko: '바이트' },
};

export interface ChoiceQuestion {
  readonly kind: 'choice';
  readonly choices: readonly { readonly key: string; readonly text: Text }[];
}

/** One figure of the experiment beside its law. */
export interface Row {
  readonly metric: Text;
  readonly unit: Unit;
  /** The law, or the specification that decides it; null where the row is only there to compare with. */
  readonly law: string | null;
  /** The admissible values: one, several where a race decides, none where nothing predicts it. */
  readonly predicted: readonly Value[];
  readonly measured: Value | null;
  /** How far measured may lie from predicted; 0 for exact laws. */
  readonly tolerance: number;
}

export interface Found {
  /** The row that answers the question. */
  readonly answer: Row;
  readonly rows: readonly Row[];
  /** Why, from this run's own values; told only where the laws hold. */
  readonly explanation: readonly Line[];
  /** What was measured over which transport and was noisy or invalid. */
  readonly doubtful: readonly Pick<Trial, 'scenario' | 'transport' | 'verdict' | 'notes'>[];
}

export interface Lesson {
  readonly id: number;
  readonly title: Text;
  /** What is often heard, in our own words. */
  readonly misconception: Text;
  /** What the tool will do. */
  readonly experiment: Text;
  readonly question: Text;
  readonly answer: NumberQuestion | ChoiceQuestion;
  /** How long the measurement takes, about. */
  readonly seconds: number;
  measure(setting: Setting): Promise<Found>;
  /** What to try next: a command of this tool, and what it will show. */
  readonly next: { readonly command: string; readonly why: Text };
}

/** A lesson is meant to take so many minutes, with its guess and its talk. */
export const minutes = 5;

const fits = (value: Value, one: Value, tolerance: number): boolean =>
  typeof value === 'number' && typeof one === 'number' ? Math.abs(value - one) <= tolerance : value === one;

/** Whether the measurement is what its law says; null where there is nothing to compare. */
export function holds({ predicted, measured, tolerance }: Row): boolean | null {
  if (predicted.length === 0 || measured === null) return null;
  return predicted.some((one) => fits(measured, one, tolerance));
}

/** Whether the answer is what its law says, so that the law explains it. Where nothing predicts it, it is. */
export const isExplained = ({ answer }: Found): boolean => holds(answer) !== false;

/** The rows of a lesson whose law was not met. */
export const broken = ({ answer, rows }: Found): Row[] =>
  [answer, ...rows].filter((row) => holds(row) === false);
