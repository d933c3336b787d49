/** What the rules of a run and of an inspection have in common: a comparison, and a value with its unit. */

import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { own } from '../base/lookup.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { type Metric, units } from '../metrics/metric.ts';

/** A metric that a rule may name, whether of a run or of an inspection. */
export type Measurable = Pick<Metric, 'name' | 'unit' | 'isSlope'>;

export const comparisons = ['<=', '<', '>=', '>'] as const;
export type Comparator = (typeof comparisons)[number];

export const holds: Readonly<Record<Comparator, (measured: number, limit: number) => boolean>> = {
  '<=': (measured, limit) => measured <= limit,
  '<': (measured, limit) => measured < limit,
  '>=': (measured, limit) => measured >= limit,
  '>': (measured, limit) => measured > limit,
};

interface Parts {
  readonly subject: string;
  readonly operator: string;
  readonly limit: string;
}

/** The three parts of `ws p95 <= 20 ms`; null if it is not a rule. */
export function partsOf(rule: string): Parts | null {
  const tidy = rule.replaceAll('≤', '<=').replaceAll('≥', '>=').replaceAll('×', 'x');
  const [, subject, operator, limit] = /^\s*([^<>=!]+?)\s*([<>=!]+)\s*(.+?)\s*$/.exec(tidy) ?? [];
  return subject && operator && limit ? { subject, operator, limit } : null;
}

/** Throws `UsageError` with the comparison that was probably meant. */
export function comparisonOf(operator: string): Comparator {
  const found = comparisons.find((one) => one === operator);
  if (found) return found;
  throw new UsageError(
    inEveryLanguage(
      text(
        '"{operator}" is no comparison; did you mean {meant}?',
        '"{operator}"은(는) 비교 기호가 아닙니다. 혹시 {meant}입니까?',
      ),
      { operator, meant: operator.includes('>') && !operator.includes('<>') ? '>=' : '<=' },
    ),
  );
}

/** The value of `8 B` or `1.5 kB` in the metric's unit; undefined if it is not such a value. */
export function valueIn(limit: string, { unit }: Measurable): number | undefined {
  const [, digits = '', suffix = ''] = /^(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(limit) ?? [];
  const scales: Readonly<Record<string, number>> = units[unit];
  const scale = own(scales, suffix);
  return digits !== '' && scale !== undefined ? Number(digits) * scale : undefined;
}

/** The units that may follow a number. */
export const unitsOf = ({ unit }: Measurable): string =>
  Object.keys(units[unit])
    .filter((name) => name !== '')
    .join(', ');

const never = {
  met: text(
    'can never be met: {name} is never below 0',
    '이 규칙은 지켜질 수 없습니다. {name}은(는) 0보다 작을 수 없습니다',
  ),
  missed: text(
    'can never be missed: {name} is never below 0',
    '이 규칙은 어길 수 없습니다. {name}은(는) 0보다 작을 수 없습니다',
  ),
};

/** Why a comparison with this value has the same result whatever is measured; null if it has not. */
export function whyAlways({ name, isSlope }: Measurable, comparison: Comparator, least: number): Text | null {
  if (isSlope || least > 0) return null;
  if (comparison === '<' || (comparison === '<=' && least < 0)) return inEveryLanguage(never.met, { name });
  if (comparison === '>=' || least < 0) return inEveryLanguage(never.missed, { name });
  return null;
}

/** Throws `UsageError` with what was probably meant. */
export function metricNamed<One extends Measurable>(word: string, metrics: readonly One[], name = word): One {
  const found = metrics.find((metric) => metric.name === name);
  if (found) return found;
  throw new UsageError(
    inEveryLanguage(
      text(
        'unknown metric "{word}"{hint} `rtcompare list` has them all',
        '"{word}"라는 지표는 없습니다{hint} 전체 목록은 `rtcompare list`에 있습니다',
      ),
      {
        word,
        hint: didYouMean(
          name,
          metrics.map((one) => one.name),
        ),
      },
    ),
  );
}
