/** What a comparison of two weighings found, told: which transport, by how many bytes, and the cause by its name. */
import { addedBytes, type Finding, isHeavier } from '../gate/differences.ts';
import type { Comparison } from '../gate/gate.ts';
import { isSlower, type TimeFinding, type TimesComparison } from '../gate/timings.ts';
import type { Block } from './table.ts';
import { decimal, exact, time } from './units.ts';
import type { Words } from './words.ts';

const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${exact(Math.abs(value))}`;

/** `header \`x-powered-by: Express\``, `websocket masking-key`. */
function named({ layer, name, sample }: Finding, words: Words): string {
  if (layer !== 'http') return words.say('finding.field', { layer: layer ?? '', name: name ?? '' });
  return words.say('finding.header', { line: sample ?? name ?? '' });
}

function causeText(finding: Finding, words: Words): string {
  const { cause, bytes, count } = finding;
  const [before, after] = [exact(count.before), exact(count.after)];
  switch (cause) {
    case 'new':
      return words.say('finding.new', { what: named(finding, words) });
    case 'gone':
      return words.say('finding.gone', { what: named(finding, words) });
    case 'size':
      return words.say('finding.size', {
        what: named(finding, words),
        before: exact(bytes.before),
        after: exact(bytes.after),
      });
    case 'count':
      return words.say('finding.count', { what: named(finding, words), before, after });
    case 'requests':
      return words.say('finding.requests', { before, after });
    case 'connections':
      return words.say('finding.connections', { before, after });
    case 'stage':
      return words.say(finding.count.after > 0 ? 'finding.stageNew' : 'finding.stageGone');
  }
}

export function findingText(finding: Finding, words: Words): string {
  return words.say('finding.line', {
    transport: finding.transport,
    bytes: signed(addedBytes(finding)),
    stage: words.say(`stage.${finding.stage}`),
    direction: words.say(`direction.${finding.direction}`),
    cause: causeText(finding, words),
  });
}

/** `ws echo latency.p95: 1.9 times tcp (1.8 to 2.1), was 1.2 (1.1 to 1.3): 0.31 ms slower`. */
export function timeText(finding: TimeFinding, words: Words): string {
  const { transport, scenario, metric, before, after, addedNs } = finding;
  const ratio = ({ median, low, high }: TimeFinding['after']) =>
    words.say('finding.ratio', { median: decimal(median), low: decimal(low), high: decimal(high) });
  return words.say(isSlower(finding) ? 'finding.slower' : 'finding.quicker', {
    ...{ transport, scenario, metric, before: ratio(before), after: ratio(after) },
    change: time(Math.abs(addedNs)),
  });
}

const list = (title: string, items: readonly string[]): Block[] =>
  items.length > 0 ? [{ kind: 'list', title, items }] : [];

function timesBlocks(times: TimesComparison | null, words: Words): Block[] {
  if (!times) return [];
  if (!times.compared) return [{ kind: 'paragraph', text: words.say(`times.${times.why}`) }];
  const slower = times.findings.filter(isSlower);
  const quicker = times.findings.filter((finding) => !isSlower(finding));
  const told = (findings: readonly TimeFinding[]) => findings.map((finding) => timeText(finding, words));
  return [
    ...list(words.say('title.slower'), told(slower)),
    ...list(words.say('title.quicker'), told(quicker)),
    {
      kind: 'paragraph',
      text: words.say('times.count', {
        judged: String(times.judged),
        slower: String(slower.length),
        quicker: String(quicker.length),
      }),
    },
  ];
}

/** What `--json` prints: the comparison, its findings with what they add and how they read. */
export const comparisonDocument = (comparison: Comparison, words: Words) => ({
  schemaVersion: 1,
  ...comparison,
  findings: comparison.findings.map((finding) => ({
    ...finding,
    added: addedBytes(finding),
    heavier: isHeavier(finding),
    text: findingText(finding, words),
  })),
});

/** Findings first: what became heavier, what became lighter, what changed around it. */
export function comparisonBlocks(
  { findings, added, missing, environment, times }: Comparison,
  words: Words,
): Block[] {
  const heavier = findings.filter(isHeavier);
  const lighter = findings.filter((finding) => !isHeavier(finding));
  const told = (some: readonly Finding[]) => some.map((finding) => findingText(finding, words));
  return [
    ...list(words.say('title.heavier'), told(heavier)),
    ...list(words.say('title.lighter'), told(lighter)),
    ...list(words.say('title.changed'), [
      ...environment,
      ...added.map((name) => words.say('finding.added', { name })),
      ...missing.map((name) => words.say('finding.missing', { name })),
    ]),
    {
      kind: 'paragraph',
      text:
        findings.length === 0
          ? words.say(added.length + missing.length === 0 ? 'check.same' : 'check.sameOfBoth')
          : words.say('check.count', { heavier: String(heavier.length), lighter: String(lighter.length) }),
    },
    ...timesBlocks(times, words),
  ];
}
