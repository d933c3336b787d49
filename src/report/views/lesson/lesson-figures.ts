/** The figures of a lesson: a guess, what a law predicts, what was measured. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Found, GuessValue, Lesson, LessonRow } from '../../../questions/lessons/lesson.ts';
import { formatted } from '../documents/document-tables.ts';

export interface LessonTelling {
  readonly lesson: Lesson;
  readonly guess: GuessValue;
  readonly found: Found;
}

export function figure(value: GuessValue, { unit }: Pick<LessonRow, 'unit'>, reader: Reader): string {
  if (typeof value === 'string' || unit === 'choice') return String(value);
  return formatted({ unit, value }, reader);
}

export const nothing = '–';

const either = text('{one} or {other}', '{one} 또는 {other}');

/** The admissible values, in words. */
export function expectedText(
  { predicted, unit }: Pick<LessonRow, 'predicted' | 'unit'>,
  reader: Reader,
): string {
  const [one = nothing, ...others] = predicted.map((value) => figure(value, { unit }, reader));
  return others.reduce((before, other) => say(reader, either, { one: before, other }), one);
}

export function predictedText(row: LessonRow, reader: Reader): string {
  const predicted = expectedText(row, reader);
  // Only a law with a tolerance has a range: exact laws have none, and the other rows have no prediction.
  return row.predicted.length === 0 || row.tolerance === 0
    ? predicted
    : `${predicted} ± ${figure(row.tolerance, row, reader)}`;
}

const noisy = text('noisy', '잡음');

export const measuredText = (row: LessonRow, reader: Reader): string =>
  row.isWithheld ? say(reader, noisy) : row.measured === null ? nothing : figure(row.measured, row, reader);
