/**
 * What may be asked of a trial: every setting with its bounds, the same for the command line and for programs, and the
 * words for a value that lies outside. A value that nobody checks shows later, as a figure that is wrong.
 */
import { isIP } from 'node:net';
import { arrivals } from '../base/schedule.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { Load } from '../document/report.ts';
import { maxMessageBytes } from '../protocols/contract.ts';

export interface Knob {
  readonly takes: (value: unknown) => boolean;
  /** What to write instead of a value that it does not take. */
  readonly expected: Text;
}

/** Least and greatest. */
export const bounds = {
  clients: [1, 100_000],
  messages: [1, 1_000_000],
  size: [0, maxMessageBytes],
  warmup: [0, 10_000],
  repeat: [1, 1000],
  port: [0, 65_535],
  seed: [0, 2 ** 32 - 1],
} as const;

export const greatestRate = 100_000;
/** Longer than any timer of Node can be. */
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

const milliseconds: Knob = {
  takes: numberAboveZero(greatestMs).takes,
  expected: inEveryLanguage(
    text('Write milliseconds above 0, at most {most}.', '0보다 크고 {most} 이하인 밀리초를 적어야 합니다.'),
    { most: String(greatestMs) },
  ),
};

const orNull = (knob: Knob): Knob => ({
  takes: (value) => value === null || knob.takes(value),
  expected: inEveryLanguage(text('{expected} Or null: none.', '{expected} 없애려면 null을 적으면 됩니다.'), {
    expected: knob.expected,
  }),
});

const oneOf = (...words: readonly string[]): Knob => ({
  takes: (value) => words.some((word) => word === value),
  expected: inEveryLanguage(text('Write one of {words}.', '다음 가운데 하나를 적어야 합니다: {words}.'), {
    words: words.join(', '),
  }),
});

const yesOrNo: Knob = {
  takes: (value) => typeof value === 'boolean',
  expected: text('Write true or false.', 'true 또는 false를 적어야 합니다.'),
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const headers: Knob = {
  takes: (value) => isRecord(value) && Object.values(value).every((one) => typeof one === 'string'),
  expected: text('Write an object of names and texts.', '이름과 문자열로 된 객체를 적어야 합니다.'),
};

export const loadKnobs = {
  clients: wholeNumber(...bounds.clients),
  messages: wholeNumber(...bounds.messages),
  rate: numberAboveZero(greatestRate),
  arrivals: oneOf(...arrivals),
  durationMs: orNull(milliseconds),
  size: wholeNumber(...bounds.size),
  payload: oneOf('text', 'binary'),
  pollIntervalMs: milliseconds,
  warmup: wholeNumber(...bounds.warmup),
  closed: yesOrNo,
  outage: oneOf('cut', 'silent'),
  outageMs: milliseconds,
  writeCostUs: {
    ...milliseconds,
    takes: numberFrom(0, greatestMs * 1000),
    expected: text('Write microseconds, 0 or more.', '0 이상의 마이크로초를 적어야 합니다.'),
  },
} as const satisfies Record<keyof Load, Knob>;

/** Besides the load; what is no plain value is looked at by whoever uses it. */
export const conditionKnobs = {
  headers,
  seed: wholeNumber(...bounds.seed),
  host: {
    takes: (value) => typeof value === 'string' && isIP(value) > 0,
    expected: text(
      'Write a literal address, such as 127.0.0.1 or ::1.',
      '127.0.0.1이나 ::1처럼 숫자로 된 주소를 적어야 합니다.',
    ),
  },
  port: wholeNumber(...bounds.port),
  heartbeatMs: orNull(milliseconds),
  keepAlive: yesOrNo,
  compression: yesOrNo,
  timeoutMs: milliseconds,
  holdMs: milliseconds,
  signal: {
    takes: (value) => value instanceof AbortSignal,
    expected: text('Write an AbortSignal.', 'AbortSignal을 적어야 합니다.'),
  },
  record: {
    takes: (value) => value === undefined || typeof value === 'function',
    expected: text('Write a function.', '함수를 적어야 합니다.'),
  },
} as const satisfies Record<string, Knob>;

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
