/**
 * How good a guess was, against what was measured (never against the law's prediction: the wire decides). Numbers are
 * scored by their ratio, because a misconception is usually wrong by a factor.
 */
import { type ExpectedRow, type GuessValue, holds, type LessonRow } from './lesson.ts';

export type Score = 'on-the-mark' | 'near' | 'far' | 'right' | 'wrong';

export interface Scored {
  readonly score: Score;
  /** Guess ÷ measured; null for choices, and if one of the two is zero. */
  readonly ratio: number | null;
}

/** Within a tenth. */
const onTheMark = 1.1;
/** Within a factor of two: the right order of magnitude. */
const near = 2;

/** Null if noise spoiled the measurement: the guess does not count. */
export function scoreOf(guess: GuessValue, answer: LessonRow): Scored | null {
  const { measured } = answer;
  if (measured === null) return null;
  if (typeof guess !== 'number' || typeof measured !== 'number')
    return { score: guess === measured ? 'right' : 'wrong', ratio: null };
  // If a race decides between several values, naming any of them is right.
  const admissible =
    holds(answer) === true && answer.predicted.length > 1 && answer.predicted.includes(guess);
  if (guess === measured || admissible) return { score: 'on-the-mark', ratio: 1 };
  if (guess === 0 || measured === 0) return { score: 'far', ratio: null };
  const ratio = guess / measured;
  const factor = Math.max(ratio, 1 / ratio);
  return { score: factor <= onTheMark ? 'on-the-mark' : factor <= near ? 'near' : 'far', ratio };
}

/** Against the law's prediction, where nothing is measured. */
export function scoreByLaw(guess: GuessValue, expected: ExpectedRow): Scored | null {
  const { predicted } = expected;
  const measured = predicted[0] ?? null;
  return scoreOf(guess, { ...expected, metric: { en: '', ko: '' }, measured, tolerance: 0 });
}

/** Whether the student knew it: on the mark, or right. */
export const knew = (scored: Scored | null): boolean =>
  scored !== null && (scored.score === 'on-the-mark' || scored.score === 'right');
