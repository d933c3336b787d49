/**
 * A threshold, read from one line such as `ws p95 <= 1.2 x tcp`: a transport, a scenario where it is not `echo`, a metric
 * of the report, a comparison, and a limit: a value with its unit, or so many times what another transport or the
 * baseline has. Whatever is misspelt is refused, and so is what no run could decide: a threshold that nobody checks looks
 * like one that is met.
 */
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import { didYouMean, unknownWord } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import { type Metric, mayBeNegative, metrics, units } from '../metrics/figures.ts';
import { own } from '../own.ts';
import { scenarioByName, scenarios } from '../scenarios/index.ts';
import { transportByName, transports } from '../transports/index.ts';

export const comparisons = ['<=', '<', '>=', '>'] as const;
export type Comparison = (typeof comparisons)[number];

export type Limit =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'transport'; readonly factor: number; readonly transport: string }
  | { readonly kind: 'baseline'; readonly factor: number };

/** `error` fails where it is missed, `strict` also where it is undecided, `warn` never. */
export const levels = ['error', 'strict', 'warn'] as const;

export interface Threshold {
  /** As it was written. */
  readonly rule: string;
  readonly level: (typeof levels)[number];
  /** A name, or `all`: each transport that is no reference. */
  readonly transport: string;
  readonly scenario: string;
  readonly metric: Metric;
  readonly comparison: Comparison;
  readonly limit: Limit;
}

const example = text(
  'write it as: ws echo latency.p95 <= 1.2 x tcp',
  '이렇게 적어야 합니다: ws echo latency.p95 <= 1.2 x tcp',
);
const usualScenario = 'echo';

/** Throws `UsageError` with what is wrong and what was expected. */
export function parseThreshold(rule: string, level: Threshold['level']): Threshold {
  const tidy = rule.replaceAll('≤', '<=').replaceAll('≥', '>=').replaceAll('×', 'x');
  const match = /^\s*([^<>=!]+?)\s*([<>=!]+)\s*(.+?)\s*$/.exec(tidy);
  const [, subject = '', operator = '', limit = ''] = match ?? [];
  const words = subject.split(/\s+/);
  if (!match || words.length < 2 || words.length > 3)
    throw new UsageError(
      inEveryLanguage(text('"{rule}" is no rule; {example}', '"{rule}"은(는) 규칙이 아닙니다. {example}'), {
        rule,
        example,
      }),
    );
  const [first = '', second = '', third] = words;
  const metric = metricNamed(third ?? second);
  const transport = first === 'all' ? 'all' : transportNamed(first);
  const scenario = third === undefined ? usualScenario : scenarioNamed(second);
  const comparison = comparisonOf(operator);
  const parsed = { transport, scenario, metric, comparison, limit: parseLimit(limit, metric) };
  const why = whyDecided(parsed);
  if (why) throw new UsageError(inEveryLanguage(text('"{rule}" {why}', '"{rule}": {why}'), { rule, why }));
  return { rule, level, ...parsed };
}

function comparisonOf(operator: string): Comparison {
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

function parseLimit(limit: string, metric: Metric): Limit {
  const [, factor = '1', peer] = /^(?:(-?\d+(?:\.\d+)?)\s*x\s+)?([a-z][\w:.-]*)$/i.exec(limit) ?? [];
  if (peer === 'baseline') return { kind: 'baseline', factor: Number(factor) };
  if (peer) return { kind: 'transport', factor: Number(factor), transport: transportNamed(peer) };
  const [, digits = '', unit = ''] = /^(-?\d+(?:\.\d+)?)\s*(.*)$/.exec(limit) ?? [];
  const scales: Readonly<Record<string, number>> = units[metric.unit];
  const scale = own(scales, unit);
  if (digits !== '' && scale !== undefined) return { kind: 'value', value: Number(digits) * scale };
  const known = Object.keys(scales).filter((name) => name !== '');
  throw new UsageError(
    inEveryLanguage(
      text(
        '"{limit}" is no limit for {name}; write a number with its unit ({units}), or: 1.2 x tcp, 1 x baseline',
        '"{limit}"은(는) {name}의 한계가 될 수 없습니다. 단위({units})가 붙은 수를 적거나 1.2 x tcp, 1 x baseline처럼 적어야 합니다',
      ),
      { limit, name: metric.name, units: known.join(', ') },
    ),
  );
}

const never = {
  met: text(
    'can never be met: {name} is never below 0',
    '이 규칙은 지켜질 수 없습니다. {name}은(는) 0보다 작을 수 없습니다',
  ),
  missed: text(
    'can never be missed: {name} is never below 0',
    '이 규칙은 어길 수 없습니다. {name}은(는) 0보다 작을 수 없습니다',
  ),
  itself: text(
    'compares {name} with itself; name another transport, or a value',
    '{name}을(를) 자기 자신과 비교합니다. 다른 전송 방식이나 값을 적어야 합니다',
  ),
};

/** Why the outcome is known whatever is measured; null where it is not. */
function whyDecided({
  transport,
  metric,
  comparison,
  limit,
}: Omit<Threshold, 'rule' | 'level'>): Text | null {
  if (limit.kind === 'transport' && limit.transport === transport)
    return inEveryLanguage(never.itself, { name: transport });
  const least = limit.kind === 'value' ? limit.value : limit.factor;
  if (mayBeNegative(metric) || least > 0) return null;
  const { name } = metric;
  if (comparison === '<' || (comparison === '<=' && least < 0)) return inEveryLanguage(never.met, { name });
  if (comparison === '>=' || least < 0) return inEveryLanguage(never.missed, { name });
  return null;
}

/** `p95` is short for `latency.p95`. */
function metricNamed(word: string): Metric {
  const names = metrics.map(({ name }) => name);
  const name = /^p\d+$/.test(word) ? `latency.${word}` : word;
  const found = metrics.find((metric) => metric.name === name);
  if (found) return found;
  throw new UsageError(
    inEveryLanguage(
      text(
        'unknown metric "{word}"{hint} `rtcompare list` has them all',
        '"{word}"라는 지표는 없습니다{hint} 전체 목록은 `rtcompare list`에 있습니다',
      ),
      { word, hint: didYouMean(name, names) },
    ),
  );
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
