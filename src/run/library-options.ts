/** The options of the library: the keys, what each takes, and one report of everything that is wrong with them. */

import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, listed, type Text, text } from '../base/text.ts';
import { type Knob, shown, wholeNumber } from '../trial/knob.ts';
import { conditionKnobs, loadKnobs, ownKnob } from '../trial/knobs.ts';

const mostRepeats = 1000;

/** A name is looked up later, which can suggest the nearest known one; the user's own value needs these functions. */
const nameOr = (...functions: readonly string[]): Knob['takes'] => {
  const hasAll = ofFunctions(...functions);
  return (value) => typeof value === 'string' || hasAll(value);
};

const ofFunctions =
  (...names: readonly string[]): Knob['takes'] =>
  (value) =>
    isObject(value) && names.every((name) => typeof value[name] === 'function');

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const aTransport: Knob = {
  takes: nameOr('connect'),
  expected: text(
    'Write the name of a transport, or a transport of your own.',
    '전송 방식의 이름이나 직접 만든 전송 방식을 적어야 합니다.',
  ),
};

const severalTransports: Knob = {
  takes: (value) => Array.isArray(value) && value.length > 0 && value.every(aTransport.takes),
  expected: text(
    'Write a list of at least one name or transport of your own.',
    '이름이나 직접 만든 전송 방식이 하나 이상 있는 목록을 적어야 합니다.',
  ),
};

const aServer: Knob = {
  takes: (value) => value === undefined || ofFunctions('start')(value),
  expected: text('Write a server: it has start().', 'start()가 있는 서버를 적어야 합니다.'),
};

/** What `measure` and `compare` both take. */
const ofTrial = {
  ...conditionKnobs,
  load: {
    takes: isObject,
    expected: text('Write an object, such as { clients: 5 }.', '{ clients: 5 } 같은 객체를 적어야 합니다.'),
  },
  middleboxes: {
    takes: isObject,
    expected: text(
      'Write an object, such as { buffering: true }.',
      '{ buffering: true } 같은 객체를 적어야 합니다.',
    ),
  },
  repeat: wholeNumber(0, mostRepeats),
  scenario: {
    takes: nameOr('drive'),
    expected: text(
      'Write the name of a scenario, or a scenario of your own.',
      '시나리오의 이름이나 직접 만든 시나리오를 적어야 합니다.',
    ),
  },
  link: {
    takes: (value) => typeof value === 'string',
    expected: text(
      'Write a link as --link has it, such as rtt=40ms.',
      'rtt=40ms처럼 --link에 쓰는 값을 적어야 합니다.',
    ),
  },
} as const satisfies Record<string, Knob>;

export const measureKnobs = { ...ofTrial, transport: aTransport, server: aServer };

const { middleboxes: _, ...ofComparison } = ofTrial;
export const compareKnobs = {
  ...ofComparison,
  transports: severalTransports,
  repeat: wholeNumber(1, mostRepeats),
};

const required = ['transport', 'transports'];

const wrong = text('{key}: got {value}. {expected}', '{key}: {value}은(는) 쓸 수 없습니다. {expected}');
const unknownKey = text('{key}: unknown key{hint}', '{key}: 모르는 키입니다{hint}');

/** Throws `UsageError` with everything that is wrong with the options, before anything starts. */
export function refuse(asked: unknown, known: Readonly<Record<string, Knob>>): void {
  const all = isObject(asked) ? asked : {};
  const missing = required.filter((key) => key in known && !(key in all));
  const problems = [
    ...missing.flatMap((key) => problemOf(key, undefined, known[key])),
    ...problemsOf(all, known, ''),
    ...(isObject(all.load) ? problemsOf(all.load, { ...loadKnobs, own: ownKnob }, 'load.') : []),
  ];
  if (problems.length > 0) throw new UsageError(listed(problems, '\n'));
}

const problemsOf = (
  values: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, Knob>>,
  where: string,
): Text[] =>
  Object.entries(values).flatMap(([key, value]) => {
    const knob = own(known, key);
    const hint = didYouMean(key, Object.keys(known));
    return knob
      ? problemOf(where + key, value, knob)
      : inEveryLanguage(unknownKey, { key: where + key, hint });
  });

const problemOf = (key: string, value: unknown, knob: Knob | undefined): Text[] =>
  knob === undefined || knob.takes(value)
    ? []
    : [inEveryLanguage(wrong, { key, value: shown(value), expected: knob.expected })];
