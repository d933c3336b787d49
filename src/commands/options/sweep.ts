/** `--sweep NAME=VALUE,VALUE,…`: one trial for each value, everything else the same. */
import { InvalidArgumentError } from 'commander';
import { unknownWord } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/failure.ts';
import { own } from '../../base/lookup.ts';
import { inEveryLanguage, text } from '../../base/text.ts';
import type { Link, Load } from '../../document/report.ts';
import type { Plain, TypedKnob } from '../../trial/knob.ts';
import { loadKnobs, ownKnobs } from '../../trial/knobs.ts';
import { scenarios } from '../../trial/scenarios/index.ts';
import { nameOf, plannedFor } from './knob-options.ts';
import { parseDuration, toldOf } from './values.ts';

/** What one value of a sweep changes. */
export interface SweepPoint {
  readonly load?: Partial<Load>;
  /** Knobs that belong to one scenario alone. */
  readonly own?: NonNullable<Load['own']>;
  readonly link?: Partial<Link>;
}

interface Dimension {
  readonly example: string;
  readonly point: (value: string) => SweepPoint;
}

/** Counts, then rates, then times. */
const kinds: readonly TypedKnob['typed']['kind'][] = ['whole', 'positive', 'duration'];

const ofLoad = Object.entries<TypedKnob>(loadKnobs)
  .toSorted(([, a], [, b]) => kinds.indexOf(a.typed.kind) - kinds.indexOf(b.typed.kind))
  .flatMap(([key, knob]): [string, Dimension][] => {
    const { swept: example } = knob;
    const point = (value: string) => ({ load: { [key]: plannedFor(knob, value) } });
    return example === undefined ? [] : [[nameOf(knob), { example, point }]];
  });

const ofScenarios = scenarios.flatMap((scenario) =>
  Object.entries(ownKnobs(scenario)).flatMap(([key, knob]): [string, Dimension][] => {
    const { swept: example } = knob;
    const point = (value: string) => {
      const planned = plannedFor(knob, value);
      if (!knob.takes(planned)) throw new UsageError(knob.expected);
      return { own: { [key]: planned as Plain } };
    };
    return example === undefined ? [] : [[nameOf(knob), { example, point }]];
  }),
);

const rtt: Dimension = {
  example: '10ms,80ms',
  point(value) {
    const oneWayMs = value === '0ms' ? 0 : parseDuration(value) / 2;
    return { link: { name: `rtt=${value}`, upDelayMs: oneWayMs, downDelayMs: oneWayMs } };
  },
};

const dimensions: Readonly<Record<string, Dimension>> = {
  ...Object.fromEntries(ofLoad),
  rtt,
  ...Object.fromEntries(ofScenarios),
};

export const sweepable = Object.keys(dimensions);

/** Throws a `UsageError` that names the part and what was expected. */
export function parseSweep(typed: string): SweepPoint[] {
  const [name = '', values] = typed.split('=', 2);
  const dimension = own(dimensions, name);
  if (!dimension)
    throw unknownWord(
      text('--sweep: cannot sweep "{word}"', '--sweep: "{word}"의 값은 바꾸어 가며 잴 수 없습니다'),
      name,
      sweepable,
    );
  if (!values) {
    const example = `${name}=${dimension.example}`;
    throw new UsageError(
      inEveryLanguage(
        text(
          '--sweep {typed}: write values after the name, such as {example}',
          '--sweep {typed}: 이름 뒤에 {example}처럼 값을 적어야 합니다',
        ),
        { typed, example },
      ),
    );
  }
  return values.split(',').map((value) => {
    try {
      return dimension.point(value.trim());
    } catch (error) {
      if (error instanceof InvalidArgumentError || error instanceof UsageError)
        throw new UsageError(
          inEveryLanguage(
            text('--sweep {name}: "{value}": {problem}', '--sweep {name}: "{value}": {problem}'),
            {
              name,
              value,
              problem: error instanceof UsageError ? error.told : toldOf(error),
            },
          ),
        );
      throw error;
    }
  });
}
