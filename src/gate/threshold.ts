/**
 * A threshold, read from one line such as `ws p95 <= 1.2 x tcp`: a transport, a scenario where it is not `echo`, a metric
 * of the report, a comparison, and a limit: a value with its unit, or so many times what another transport or the
 * baseline has. Whatever is misspelt is refused: a threshold that nobody checks looks like one that is met.
 */
import { inEveryLanguage, text } from '../base/text.ts';
import { didYouMean, unknownWord } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import { type Metric, metrics, type Unit } from '../metrics/figures.ts';
import { scenarioByName, scenarios } from '../scenarios/index.ts';
import { transportByName, transports } from '../transports/index.ts';

export const comparisons = ['<=', '<', '>=', '>'] as const;
export type Comparison = (typeof comparisons)[number];

export type Limit =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'transport'; readonly factor: number; readonly transport: string }
  | { readonly kind: 'baseline'; readonly factor: number };

export const levels = ['error', 'warn'] as const;

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
  const match = /^\s*(.+?)\s*(<=|>=|<|>)\s*(.+?)\s*$/.exec(tidy);
  const [, subject = '', comparison = '', limit = ''] = match ?? [];
  const words = subject.split(/\s+/);
  if (!match || words.length < 2 || words.length > 3)
    throw new UsageError(
      inEveryLanguage(text('"{rule}" is no rule; {example}', '"{rule}"은(는) 규칙이 아닙니다. {example}'), {
        rule,
        example,
      }),
    );
  const [transport = '', second = '', third] = words;
  const metric = metricNamed(third ?? second);
  return {
    ...{ rule, level, metric, comparison: comparison as Comparison },
    transport: transport === 'all' ? 'all' : transportNamed(transport),
    scenario: third === undefined ? usualScenario : scenarioNamed(second),
    limit: parseLimit(limit, metric),
  };
}

function parseLimit(limit: string, metric: Metric): Limit {
  const [, factor = '1', peer] = /^(?:(\d+(?:\.\d+)?)\s*x\s+)?([a-z][\w:.-]*)$/i.exec(limit) ?? [];
  if (peer === 'baseline') return { kind: 'baseline', factor: Number(factor) };
  if (peer) return { kind: 'transport', factor: Number(factor), transport: transportNamed(peer) };
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([^\d\s]*)$/.exec(limit) ?? [];
  const scale = scales[metric.unit][unit];
  if (digits !== '' && scale !== undefined) return { kind: 'value', value: Number(digits) * scale };
  const units = Object.keys(scales[metric.unit]).filter((name) => name !== '');
  throw new UsageError(
    inEveryLanguage(
      text(
        '"{limit}" is no limit for {name}; write a number{unit}, or: 1.2 x tcp, 1 x baseline',
        '"{limit}"은(는) {name}의 한계가 될 수 없습니다. 수{unit}를 적거나 1.2 x tcp, 1 x baseline처럼 적어야 합니다',
      ),
      {
        limit,
        name: metric.name,
        unit:
          units.length === 0
            ? ''
            : inEveryLanguage(text(' with its unit ({units})', '와 단위({units})'), {
                units: units.join(', '),
              }),
      },
    ),
  );
}

const times = (perMs: number) => ({ us: perMs / 1000, ms: perMs, s: perMs * 1000 });
const sizes = { '': 1, B: 1, kB: 1000, MB: 1e6 };

/** What a limit may be written in. A time without its unit never says which one it means. */
const scales: Readonly<Record<Unit, Readonly<Record<string, number>>>> = {
  ns: { ns: 1, ...times(1e6) },
  ms: times(1),
  B: sizes,
  'B/hour': sizes,
  count: { '': 1 },
  'per hour': { '': 1 },
  'messages/s': { '': 1, '/s': 1 },
};

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
