/**
 * Reading option values: each parser takes what the user types and returns what the program uses, or throws what it
 * expected. Durations carry units, because a bare number does not say which one it means.
 */
import { type Argument, InvalidArgumentError, Option } from 'commander';
import { drawsWide } from '../../base/platform.ts';
import { languages, type Text, text } from '../../base/text.ts';
import { greatestMs, numberAboveZero, wholeNumber } from '../../trial/knob.ts';
import { argument, described } from '../help/about.ts';

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** What was expected instead of a value. Commander keeps only the English; `complaintOf` finds the text again. */
class WrongValue extends InvalidArgumentError {
  readonly told: Text;
  constructor(told: Text) {
    super(told.en);
    this.told = told;
    complaints.set(told.en, told);
  }
}

const complaints = new Map<string, Text>();

/** The text, in every language, of a parser's English complaint. */
export const complaintOf = (english: string): Text | undefined => complaints.get(english);

/** The message of an error that a parser threw, in every language. */
export const toldOf = (error: unknown): Text =>
  error instanceof WrongValue ? error.told : { en: (error as Error).message, ko: (error as Error).message };

/** `250ms`, `1.5s`, `2m`, `1h` → milliseconds. */
export function parseDuration(typed: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(typed.trim());
  const ms = match ? Number(match[1]) * (unitsMs[match[2] ?? ''] ?? Number.NaN) : Number.NaN;
  if (!(ms > 0) || ms > greatestMs)
    throw new WrongValue(
      text(
        'Write a duration with its unit, such as 500ms, 2s or 1m.',
        '500ms, 2s, 1m처럼 단위가 붙은 시간을 적어야 합니다.',
      ),
    );
  return ms;
}

/** Parsers of numbers, whose values stand without quotes in a configuration file. */
const ofNumbers = new WeakSet<object>();

export const takesNumber = ({ parseArg }: Option): boolean =>
  parseArg !== undefined && ofNumbers.has(parseArg);

function numeric(parse: (typed: string) => number): (typed: string) => number {
  ofNumbers.add(parse);
  return parse;
}

/** A whole number within bounds. */
export const parseWhole = (least: number, most: number) =>
  numeric((typed) => {
    const number = /^\d+$/.test(typed.trim()) ? Number(typed) : Number.NaN;
    if (number >= least && number <= most) return number;
    throw new WrongValue(wholeNumber(least, most).expected);
  });

/** A number above zero. */
export const parsePositive = (most: number) =>
  numeric((typed) => {
    const number = /^\d+(\.\d+)?$/.test(typed.trim()) ? Number(typed) : Number.NaN;
    if (number > 0 && number <= most) return number;
    throw new WrongValue(numberAboveZero(most).expected);
  });

/** `none` or a duration. */
export const parseHeartbeat = (typed: string): string => {
  if (typed !== 'none') parseDuration(typed);
  return typed;
};

/** Whether an environment variable is on: set, and neither empty nor 0, false, no or off. */
export const isOn = (variable: string): boolean =>
  !['', '0', 'false', 'no', 'off'].includes((process.env[variable] ?? '').toLowerCase());

export const prefix = 'RTCOMPARE_';

/** The variable of an option, without its prefix. */
export const variableOf = (one: Option): string => one.name().toUpperCase().replaceAll('-', '_');

/** An option that can also come from the environment, under RTCOMPARE_ and its name. */
export const option = (flags: string, description: Text): Option => {
  const made = described(new Option(flags, description.en), description);
  const variable = prefix + variableOf(made);
  // Commander takes any value of a switch's variable for on, even 0.
  const isSwitch = made.isBoolean() || made.negate;
  const isOff = isSwitch && process.env[variable] !== undefined && !isOn(variable);
  return isOff ? made : made.env(variable);
};

export const langOption = (description: Text = text('language', '언어')): Option =>
  option('--lang <language>', description).choices([...languages]);

export const wideOption = (): Option =>
  option('--wide', text('tables wider than 80 columns', '80열보다 넓은 표'));

export const retryNoisyOption = (): Option =>
  option(
    '--retry-noisy <n>',
    text('measure a noisy trial again, so many times at most', '잡음이 섞인 측정을 다시 하는 최대 횟수'),
  )
    .argParser(parseWhole(0, 10))
    .default(2);

export const verboseOption = (): Option =>
  option(
    '--verbose',
    text(
      'everything on a terminal, too: whose bytes, laws, notes',
      '터미널에도 전부: 바이트의 주인, 법칙, 참고',
    ),
  );

/** On by default on terminals that draw these characters too wide, unless RTCOMPARE_ASCII is set. */
export function asciiOption(): Option {
  const made = option('--ascii', text('no box-drawing characters', '선 문자 없이'));
  const isUnsaid = process.env[`${prefix}ASCII`] === undefined;
  return isUnsaid && process.stdout.isTTY && drawsWide(process.env) ? made.default(true) : made;
}

export const quietOption = (): Option => option('--quiet', text('no progress', '진행 표시 없이'));

export const jsonOption = (
  description: Text = text('print one JSON document', 'JSON 문서 하나로 출력'),
): Option => option('--json', description);

/** For commands that inspect: the server, and the command that talks to it. */
export const startOption = (): Option =>
  option('--start <command>', text('start the server, and end it afterwards', '서버를 시작하고 나중에 끝냄'));

/** For commands that inspect: rules such as `requests <= 3`; the option may be repeated. */
export const thresholdOption = (): Option =>
  option(
    '--threshold <rule>',
    text(
      'fail unless it is met, as "requests <= 3"; may come again',
      '지키지 않으면 실패하는 규칙, 예: "requests <= 3". 여러 번 쓸 수 있음',
    ),
  ).argParser((rule: string, known: readonly string[] | undefined) => [...(known ?? []), rule]);

export const commandArgument = (): Argument =>
  argument(
    '[command...]',
    text(
      'what talks to it, behind --: it finds the address in RTCOMPARE_URL, and the inspection ends with it',
      '-- 뒤에 적는, 접속하는 명령: 주소는 RTCOMPARE_URL에 있고, 명령이 끝나면 함께 끝남',
    ),
  );
