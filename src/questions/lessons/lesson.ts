/**
 * A lesson: one misconception, one question that a student answers before anything is measured, an experiment, the law
 * that predicts its outcome, and sentences that explain it. A lesson holds no expected number: its answer is what was
 * measured, beside the law's prediction.
 */

import type { Text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import type { Line } from '../claims/line.ts';

/** A number, or the key of a choice. Numbers are nanoseconds and bytes; only the question uses milliseconds. */
export type GuessValue = number | string;

export type LessonUnit = 'nanoseconds' | 'bytes' | 'count' | 'decimal' | 'share' | 'flag' | 'choice';

export interface NumberQuestion {
  readonly kind: 'number';
  readonly unit: Exclude<LessonUnit, 'choice' | 'share' | 'flag'>;
  /** The unit in the words of the question: `bytes`, `ms`, `messages a second`. */
  readonly word: Text;
}

export const inMilliseconds: NumberQuestion = {
  kind: 'number',
  unit: 'nanoseconds',
  word: { en: 'ms', ko: 'ms' },
};

export const inBytes: NumberQuestion = {
  kind: 'number',
  unit: 'bytes',
  word: { en: 'bytes', ko: '바이트' },
};

export interface ChoiceQuestion {
  readonly kind: 'choice';
  readonly choices: readonly { readonly key: string; readonly text: Text }[];
}

/** One figure of the experiment beside its law. */
export interface LessonRow {
  readonly metric: Text;
  readonly unit: LessonUnit;
  /** The law or the specification that predicts it; null if the row is only for comparison. */
  readonly law: string | null;
  /** The admissible values: one; several if a race decides; none if there is no prediction. */
  readonly predicted: readonly GuessValue[];
  readonly measured: GuessValue | null;
  /** How far measured may lie from predicted; 0 for exact laws. */
  readonly tolerance: number;
  /**
   * A time that a busy machine spoiled each time it was measured: `measured` is null. Bytes and counts are never
   * withheld.
   */
  readonly isWithheld?: true;
}

/** A sentence of the explanation, and the rows that it rests on: it appears only if all of them hold. */
export interface Reason extends Line {
  readonly on: readonly LessonRow[];
}

export interface Found {
  /** The row that answers the question. */
  readonly answer: LessonRow;
  readonly rows: readonly LessonRow[];
  /** The explanation, from this run's own values. */
  readonly explanation: readonly Reason[];
  /** The trials that were noisy or invalid. */
  readonly doubtful: readonly Pick<Trial, 'scenario' | 'transport' | 'verdict' | 'notes'>[];
}

/** The answer by the laws alone, without measuring. */
export type ExpectedRow = Pick<LessonRow, 'law' | 'unit' | 'predicted'>;

export interface LessonSetting {
  /** 1 = the whole load, 0.3 = three tenths of the messages. */
  readonly scale: number;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Text) => void;
}

/** A file that a lesson prints, and gives to students who want to work on it. */
export interface LessonFile {
  readonly name: string;
  readonly content: string;
}

export interface Lesson {
  readonly id: number;
  readonly title: Text;
  /** The misconception, in our own words. */
  readonly misconception: Text;
  /** What the tool will do. */
  readonly experiment: Text;
  /** Lines to look at before the question; no wider than 80 columns, in plain ASCII except for the labels. */
  readonly picture?: Text;
  /** Files that the question is about, to be read before answering. */
  readonly files?: readonly LessonFile[];
  readonly question: Text;
  readonly answer: NumberQuestion | ChoiceQuestion;
  /** In a class of 50 minutes, or at home: see the plan in docs/lessons. */
  readonly where: 'class' | 'home';
  /** Minutes to read, guess, measure and write the answer down; in class, to talk as well. */
  readonly minutes: number;
  /** About how long the measurement takes on a quiet machine. */
  readonly seconds: number;
  expected(): Promise<ExpectedRow>;
  measure(setting: LessonSetting): Promise<Found>;
  /** What to try next: a command of this tool, and what it shows. */
  readonly next: { readonly command: string; readonly why: Text };
}

const fits = (value: GuessValue, one: GuessValue, tolerance: number): boolean =>
  typeof value === 'number' && typeof one === 'number' ? Math.abs(value - one) <= tolerance : value === one;

/** Whether the measurement agrees with its law; null if there is nothing to compare. */
export function holds({ predicted, measured, tolerance }: LessonRow): boolean | null {
  if (predicted.length === 0 || measured === null) return null;
  return predicted.some((one) => fits(measured, one, tolerance));
}

/** The rows that differ from their law. */
export const broken = ({ answer, rows }: Found): LessonRow[] =>
  [answer, ...rows].filter((row) => holds(row) === false);

/** The rows whose figure noise spoiled. */
export const withheld = ({ answer, rows }: Found): LessonRow[] =>
  [answer, ...rows].filter(({ isWithheld }) => isWithheld);

/** The sentences that may be shown: those that rest on no row that differs from its law or is withheld. */
export const reasonsToTell = ({ explanation }: Found): Reason[] =>
  explanation.filter(({ on }) => on.every((row) => !row.isWithheld && holds(row) !== false));
