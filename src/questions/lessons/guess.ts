/**
 * Reads what a student typed: a number, with or without its unit, or the key of a choice. Null if it is neither, so
 * that the question can be asked again.
 */

import { own } from '../../base/lookup.ts';
import type { ChoiceQuestion, GuessValue, NumberQuestion } from './lesson.ts';

/**
 * The suffixes of a number for each unit, as factors to the tool's internal unit; `''` stands for the question's own
 * unit.
 */
const suffixes: Readonly<Record<NumberQuestion['unit'], Readonly<Record<string, number>>>> = {
  nanoseconds: { '': 1e6, ms: 1e6, s: 1e9 },
  bytes: { '': 1, b: 1, byte: 1, bytes: 1, 바이트: 1, kb: 1e3, mb: 1e6 },
  count: { '': 1 },
  decimal: { '': 1 },
};

/** More than any answer, but few enough digits for a number to be exact. */
const most = 1e15;

export function readGuess(text: string, question: NumberQuestion | ChoiceQuestion): GuessValue | null {
  const typed = text.trim().toLowerCase();
  if (question.kind === 'choice') return question.choices.find(({ key }) => key === typed)?.key ?? null;
  const [, digits = '', suffix = ''] = /^(\d[\d,]*(?:\.\d+)?)\s*([a-z가-힣]*)$/.exec(typed) ?? [];
  const known = suffixes[question.unit];
  const factor = own(known, suffix);
  const value =
    digits === '' || factor === undefined ? Number.NaN : Number(digits.replaceAll(',', '')) * factor;
  return value <= most ? value : null;
}

/** The guess in the unit of the question, in which a script gives it. */
export const inQuestionUnit = (value: GuessValue, { unit }: { readonly unit: string }): GuessValue =>
  typeof value === 'number' && unit === 'nanoseconds' ? value / 1e6 : value;
