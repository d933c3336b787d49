/**
 * A threshold, read from one line such as `ws p95 <= 1.2 x tcp`: a transport, a scenario unless it is `echo`, a metric
 * of the report, a comparison, and a limit: a value with its unit, or a multiple of what another transport or the
 * baseline has. What is misspelt is refused, and so is what no run could decide: a threshold that is never checked
 * looks like one that is met.
 */

import { unknownWord } from '../base/did-you-mean.ts';
import { UsageError } from '../base/failure.ts';
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { transportByName, transports } from '../transports/index.ts';
import { metrics, type RegisteredMetric } from '../trial/metrics.ts';
import { scenarioByName, scenarios } from '../trial/scenarios/index.ts';
import { type Comparator, comparisonOf, metricNamed, partsOf, unitsOf, valueIn, whyAlways } from './limit.ts';

export type Limit =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'transport'; readonly factor: number; readonly transport: string }
  | { readonly kind: 'baseline'; readonly factor: number };

/** `error` fails if it is missed, `strict` also if it is undecided, `warn` never. */
export const levels = ['error', 'strict', 'warn'] as const;

export interface Threshold {
  /** As it was written. */
  readonly rule: string;
  readonly level: (typeof levels)[number];
  /** A name, or `all`: each transport that is not a reference. */
  readonly transport: string;
  readonly scenario: string;
  readonly metric: RegisteredMetric;
  readonly comparison: Comparator;
  readonly limit: Limit;
}

const example = text(
  'write it as: ws echo latency.p95 <= 1.2 x tcp',
  '이렇게 적어야 합니다: ws echo latency.p95 <= 1.2 x tcp',
);
const usualScenario = 'echo';

/** Throws `UsageError` with what is wrong and what was expected. */
export function parseThreshold(rule: string, level: Threshold['level']): Threshold {
  const parts = partsOf(rule);
  const words = parts?.subject.split(/\s+/) ?? [];
  if (!parts || words.length < 2 || words.length > 3)
    throw new UsageError(
      inEveryLanguage(text('"{rule}" is no rule; {example}', '"{rule}"은(는) 규칙이 아닙니다. {example}'), {
        rule,
        example,
      }),
    );
  const [first = '', second = '', third] = words;
  const word = third ?? second;
  // `p95` is short for `latency.p95`.
  const metric = metricNamed(word, metrics, /^p\d+$/.test(word) ? `latency.${word}` : word);
  const transport = first === 'all' ? 'all' : transportNamed(first);
  const scenario = third === undefined ? usualScenario : scenarioNamed(second);
  const comparison = comparisonOf(parts.operator);
  const parsed = { transport, scenario, metric, comparison, limit: parseLimit(parts.limit, metric) };
  const why = whyDecided(parsed);
  if (why) throw new UsageError(inEveryLanguage(text('"{rule}" {why}', '"{rule}": {why}'), { rule, why }));
  return { rule, level, ...parsed };
}

function parseLimit(limit: string, metric: RegisteredMetric): Limit {
  const [, factor = '1', peer] = /^(?:(-?\d+(?:\.\d+)?)\s*x\s+)?([a-z][\w:.-]*)$/i.exec(limit) ?? [];
  if (peer === 'baseline') return { kind: 'baseline', factor: Number(factor) };
  if (peer) return { kind: 'transport', factor: Number(factor), transport: transportNamed(peer) };
  const value = valueIn(limit, metric);
  if (value !== undefined) return { kind: 'value', value };
  throw new UsageError(
    inEveryLanguage(
      text(
        '"{limit}" is no limit for {name}; write a number with its unit ({units}), or: 1.2 x tcp, 1 x baseline',
        '"{limit}"은(는) {name}의 한계가 될 수 없습니다. 단위({units})가 붙은 수를 적거나 1.2 x tcp, 1 x baseline처럼 적어야 합니다',
      ),
      { limit, name: metric.name, units: unitsOf(metric) },
    ),
  );
}

const withItself = text(
  'compares {name} with itself; name another transport, or a value',
  '{name}을(를) 자기 자신과 비교합니다. 다른 전송 방식이나 값을 적어야 합니다',
);

/** Why the outcome is known before anything is measured; null if it is not. */
function whyDecided({
  transport,
  metric,
  comparison,
  limit,
}: Omit<Threshold, 'rule' | 'level'>): Text | null {
  if (limit.kind === 'transport' && limit.transport === transport)
    return inEveryLanguage(withItself, { name: transport });
  return whyAlways(metric, comparison, limit.kind === 'value' ? limit.value : limit.factor);
}

function transportNamed(word: string): string {
  const found = transportByName(word);
  if (found) return found.name;
  throw unknownWord(text('unknown transport "{word}"', '"{word}"라는 전송 방식은 없습니다'), word, [
    ...['all', ...transports, 'baseline'],
  ]);
}

function scenarioNamed(word: string): string {
  if (scenarioByName(word)) return word;
  throw unknownWord(text('unknown scenario "{word}"', '"{word}"라는 시나리오는 없습니다'), word, scenarios);
}
