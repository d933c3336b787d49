/**
 * A knob: an option of a trial. One row has all of it: its flag, its description, its usual value, what it takes, what
 * to write instead, and the values of a sweep. Its key is that of the plan or load. Every value is checked, because a
 * wrong one would show only later, as a wrong figure.
 */
import { inEveryLanguage, type Text, text } from '../base/text.ts';

export interface Knob {
  readonly takes: (value: unknown) => boolean;
  /** What to write instead of a value that it does not take. */
  readonly expected: Text;
}

/** How a value is typed, and what it becomes. */
export type Typed =
  | { readonly kind: 'whole'; readonly least: number; readonly most: number }
  | { readonly kind: 'positive'; readonly most: number }
  /** With its unit. `none`: the word `none` may be typed. */
  | { readonly kind: 'duration'; readonly perMs: number; readonly none?: true }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** On if its flag is given. */
  | { readonly kind: 'switch' }
  | { readonly kind: 'on or off' }
  | { readonly kind: 'address' };

/** A plain value, as it stands in the report. */
export type Plain = number | string | boolean | null;

export interface TypedKnob<Value extends Plain = Plain> extends Knob {
  /** As in the help: `--clients <n>`. */
  readonly flag: string;
  readonly words: Text;
  readonly typed: Typed;
  readonly usual: Value;
  /** Example values for a sweep, if the knob can be swept. */
  readonly swept?: string;
}

/** Longer than any timer of Node. */
export const greatestMs = 2 ** 31;

const numberFrom = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && value >= least && value <= most;

export const wholeNumber = (least: number, most: number): Knob => ({
  takes: (value) => Number.isInteger(value) && numberFrom(least, most)(value),
  expected: inEveryLanguage(
    text('Write a whole number from {least} to {most}.', '{least}부터 {most}까지의 정수를 적어야 합니다.'),
    { least: String(least), most: String(most) },
  ),
});

export const numberAboveZero = (most: number): Knob => ({
  takes: (value) => value !== 0 && numberFrom(0, most)(value),
  expected: inEveryLanguage(
    text('Write a number above 0, at most {most}.', '0보다 크고 {most} 이하인 수를 적어야 합니다.'),
    { most: String(most) },
  ),
});

export const milliseconds: Knob = {
  takes: numberAboveZero(greatestMs).takes,
  expected: inEveryLanguage(
    text('Write milliseconds above 0, at most {most}.', '0보다 크고 {most} 이하인 밀리초를 적어야 합니다.'),
    { most: String(greatestMs) },
  ),
};

const microseconds: Knob = {
  takes: numberFrom(0, greatestMs * 1000),
  expected: text('Write microseconds, 0 or more.', '0 이상의 마이크로초를 적어야 합니다.'),
};

const orNull = (knob: Knob): Knob => ({
  takes: (value) => value === null || knob.takes(value),
  expected: inEveryLanguage(text('{expected} Or null: none.', '{expected} 없애려면 null을 적으면 됩니다.'), {
    expected: knob.expected,
  }),
});

export const oneOf = (words: readonly string[]): Knob => ({
  takes: (value) => words.some((word) => word === value),
  expected: inEveryLanguage(text('Write one of {words}.', '다음 가운데 하나를 적어야 합니다: {words}.'), {
    words: words.join(', '),
  }),
});

const yesOrNo: Knob = {
  takes: (value) => typeof value === 'boolean',
  expected: text('Write true or false.', 'true 또는 false를 적어야 합니다.'),
};

export const whole = (
  flag: string,
  words: Text,
  [least, most]: readonly [number, number],
  usual: number,
): TypedKnob<number> => ({
  ...wholeNumber(least, most),
  flag,
  words,
  usual,
  typed: { kind: 'whole', least, most },
});

export const positive = (flag: string, words: Text, most: number, usual: number): TypedKnob<number> => ({
  ...numberAboveZero(most),
  flag,
  words,
  usual,
  typed: { kind: 'positive', most },
});

/** In milliseconds. */
export const duration = (flag: string, words: Text, usual: number): TypedKnob<number> => ({
  ...milliseconds,
  flag,
  words,
  usual,
  typed: { kind: 'duration', perMs: 1 },
});

/** In milliseconds, or null for none. @param none given if `none` may be typed. */
export const durationOrNone = (
  flag: string,
  words: Text,
  usual: number | null,
  none?: true,
): TypedKnob<number | null> => ({
  ...orNull(milliseconds),
  flag,
  words,
  usual,
  typed: { kind: 'duration', perMs: 1, ...(none && { none }) },
});

/** Typed like any duration, kept in microseconds. */
export const briefDuration = (flag: string, words: Text, usual: number): TypedKnob<number> => ({
  ...microseconds,
  flag,
  words,
  usual,
  typed: { kind: 'duration', perMs: 1000 },
});

export const choice = <const Word extends string>(
  flag: string,
  words: Text,
  choices: readonly Word[],
  usual: NoInfer<Word>,
): TypedKnob<Word> => ({ ...oneOf(choices), flag, words, usual, typed: { kind: 'choice', choices } });

export const flagAlone = (flag: string, words: Text): TypedKnob<boolean> => ({
  ...yesOrNo,
  flag,
  words,
  usual: false,
  typed: { kind: 'switch' },
});

export const onOrOff = (flag: string, words: Text): TypedKnob<boolean> => ({
  ...yesOrNo,
  flag,
  words,
  usual: true,
  typed: { kind: 'on or off' },
});

/** A value as its author would recognise it. */
export function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' ? JSON.stringify(value) : String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return String(value);
  }
}
