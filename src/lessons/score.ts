/**
 * How good a guess was, against what was measured (never against what a law says: the wire decides). Numbers are
 * scored by their ratio, because being wrong by a factor is what a wrong idea looks like.
 */
import { holds, type Row, type Value } from './lesson.ts';

export const scores = ['on-the-mark', 'near', 'far', 'right', 'wrong'] as const;
export type Score = (typeof scores)[number];

export interface Scored {
  readonly score: Score;
  /** Guess ÷ measured; null for choices, and where one of the two is zero. */
  readonly ratio: number | null;
}

/** Within a tenth. */
const onTheMark = 1.1;
/** Within a factor of two: the right order of magnitude. */
const near = 2;

export function scoreOf(guess: Value, answer: Row): Scored {
  const { measured } = answer;
  if (typeof guess !== 'number' || typeof measured !== 'number')
    return { score: guess === measured ? 'right' : 'wrong', ratio: null };
  // Where a race decides among several values, whoever named one of them knew.
  const admissible =
    holds(answer) === true && answer.predicted.length > 1 && answer.predicted.includes(guess);
  if (guess === measured || admissible) return { score: 'on-the-mark', ratio: 1 };
  if (guess === 0 || measured === 0) return { score: 'far', ratio: null };
  const ratio = guess / measured;
  const factor = Math.max(ratio, 1 / ratio);
  return { score: factor <= onTheMark ? 'on-the-mark' : factor <= near ? 'near' : 'far', ratio };
}
