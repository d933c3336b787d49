/**
 * Reading option values: each parser takes what a person types and gives what the program uses, or says what it
 * expected. Durations carry units, because a bare number never says which one it means.
 */
import { InvalidArgumentError, Option } from 'commander';
import { greatestMs, numberAboveZero, wholeNumber } from '../knobs.ts';

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `250ms`, `1.5s`, `2m`, `1h` → milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text.trim());
  const ms = match ? Number(match[1]) * (unitsMs[match[2] ?? ''] ?? Number.NaN) : Number.NaN;
  if (!(ms > 0) || ms > greatestMs)
    throw new InvalidArgumentError('Write a duration with its unit, such as 500ms, 2s or 1m.');
  return ms;
}

/** Parsers of numbers: in a configuration file their values stand without quotes. */
const ofNumbers = new WeakSet<object>();

export const takesNumber = ({ parseArg }: Option): boolean =>
  parseArg !== undefined && ofNumbers.has(parseArg);

function numeric(parse: (text: string) => number): (text: string) => number {
  ofNumbers.add(parse);
  return parse;
}

/** A whole number within bounds. */
export const parseWhole = (least: number, most: number) =>
  numeric((text) => {
    const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new InvalidArgumentError(wholeNumber(least, most).expected.en);
  });

/** A number above zero. */
export const parsePositive = (most: number) =>
  numeric((text) => {
    const number = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (number > 0 && number <= most) return number;
    throw new InvalidArgumentError(numberAboveZero(most).expected.en);
  });

/** `none` or a duration. */
export const parseHeartbeat = (text: string): string => {
  if (text !== 'none') parseDuration(text);
  return text;
};

/** An option that can also come from the environment, under RTCOMPARE_ and its name. */
export const option = (flags: string, description: string): Option => {
  const made = new Option(flags, description);
  const variable = `RTCOMPARE_${made.name().toUpperCase().replaceAll('-', '_')}`;
  // Commander takes a switch that is set for one that is on, even when it is set to 0.
  const isSwitch = made.isBoolean() || made.negate;
  const isOff = isSwitch && ['', '0', 'false', 'no', 'off'].includes(process.env[variable] ?? '-');
  return isOff ? made : made.env(variable);
};
