/**
 * What a lesson is: one misconception, one question that a student answers before anything is measured, an experiment,
 * the law that predicts its outcome, and sentences that explain it. A lesson holds no expected number: its answer is
 * what was measured, beside what the law says.
 */

import type { Text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import type { Line } from '../claims/line.ts';

/** A number, or the key of a choice. Numbers are nanoseconds and bytes; only the question speaks of milliseconds. */
export type GuessValue = number | string;

export type LessonUnit = 'nanoseconds' | 'bytes' | 'count' | 'decimal' | 'share' | 'flag' | 'choice';

export interface NumberQuestion {
  readonly kind: 'number';
  readonly unit: Exclude<LessonUnit, 'choice' | 'share' | 'flag'>;
  /** What is counted, in the words of the question: `bytes`, `ms`, `messages a second`. */
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
  /** The law, or the specification that decides it; null where the row is only there to compare with. */
  readonly law: string | null;
  /** The admissible values: one, several where a race decides, none where nothing predicts it. */
  readonly predicted: readonly GuessValue[];
  readonly measured: GuessValue | null;
  /** How far measured may lie from predicted; 0 for exact laws. */
  readonly tolerance: number;
  /** A time that a busy machine spoiled each time it was measured: `measured` is null. Bytes and counts never are. */
  readonly isWithheld?: true;
}

/** A sentence of the explanation, and the rows that it stands on: it is told where all of them hold. */
export interface Reason extends Line {
  readonly on: readonly LessonRow[];
}

export interface Found {
  /** The row that answers the question. */
  readonly answer: LessonRow;
  readonly rows: readonly LessonRow[];
  /** Why, from this run's own values. */
  readonly explanation: readonly Reason[];
  /** What was measured over which transport and was noisy or invalid. */
  readonly doubtful: readonly Pick<Trial, 'scenario' | 'transport' | 'verdict' | 'notes'>[];
}

/** What the laws say the answer is, without measuring. */
export type ExpectedRow = Pick<LessonRow, 'law' | 'unit' | 'predicted'>;

export interface LessonSetting {
  /** 1 = the whole load, 0.3 = three tenths of the messages. */
  readonly scale: number;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Text) => void;
}

/** A file that a lesson prints, and gives to whoever wants to work on it. */
export interface LessonFile {
  readonly name: string;
  readonly content: string;
}

export interface Lesson {
  readonly id: number;
  readonly title: Text;
  /** What is often heard, in our own words. */
  readonly misconception: Text;
  /** What the tool will do. */
  readonly experiment: Text;
  /** Lines to look at before the question is asked; no wider than 80 columns, in plain ASCII but for the labels. */
  readonly picture?: Text;
  /** What the question is about, to be read before it is answered. */
  readonly files?: readonly LessonFile[];
  readonly question: Text;
  readonly answer: NumberQuestion | ChoiceQuestion;
  /** In a class of 50 minutes, or at home: see the plan in docs/lessons. */
  readonly where: 'class' | 'home';
  /** What it takes to read, guess, measure and write the answer down; in class, with its talk. */
  readonly minutes: number;
  /** How long the measurement takes, about, on a quiet machine. */
  readonly seconds: number;
  expected(): Promise<ExpectedRow>;
  measure(setting: LessonSetting): Promise<Found>;
  /** What to try next: a command of this tool, and what it will show. */
  readonly next: { readonly command: string; readonly why: Text };
}

const fits = (value: GuessValue, one: GuessValue, tolerance: number): boolean =>
  typeof value === 'number' && typeof one === 'number' ? Math.abs(value - one) <= tolerance : value === one;

/** Whether the measurement is what its law says; null where there is nothing to compare. */
export function holds({ predicted, measured, tolerance }: LessonRow): boolean | null {
  if (predicted.length === 0 || measured === null) return null;
  return predicted.some((one) => fits(measured, one, tolerance));
}

/** The rows of a lesson whose law was not met. */
export const broken = ({ answer, rows }: Found): LessonRow[] =>
  [answer, ...rows].filter((row) => holds(row) === false);

/** The rows whose figure noise spoiled. */
export const withheld = ({ answer, rows }: Found): LessonRow[] =>
  [answer, ...rows].filter(({ isWithheld }) => isWithheld);

/** The sentences that may be told: nothing is explained by a row that is off, or that nobody may read. */
export const reasonsToTell = ({ explanation }: Found): Reason[] =>
  explanation.filter(({ on }) => on.every((row) => !row.isWithheld && holds(row) !== false));
