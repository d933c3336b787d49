/** What a comparison of two weighings found, told: which transport, by how many bytes, and the cause by its name. */
import { addedBytes, type Finding, isHeavier } from '../gate/differences.ts';
import type { Comparison } from '../gate/gate.ts';
import type { Block } from './table.ts';
import { exact } from './units.ts';
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

/** Findings first: what became heavier, what became lighter, what changed around it. */
export function comparisonBlocks(
  { findings, added, missing, environment }: Comparison,
  words: Words,
): Block[] {
  const heavier = findings.filter(isHeavier);
  const lighter = findings.filter((finding) => !isHeavier(finding));
  const list = (title: string, items: readonly string[]): Block[] =>
    items.length > 0 ? [{ kind: 'list', title, items }] : [];
  return [
    ...list(
      words.say('title.heavier'),
      heavier.map((finding) => findingText(finding, words)),
    ),
    ...list(
      words.say('title.lighter'),
      lighter.map((finding) => findingText(finding, words)),
    ),
    ...list(words.say('title.changed'), [
      ...environment,
      ...added.map((name) => words.say('finding.added', { name })),
      ...missing.map((name) => words.say('finding.missing', { name })),
    ]),
    {
      kind: 'paragraph',
      text:
        findings.length === 0
          ? words.say('check.same')
          : words.say('check.count', { heavier: String(heavier.length), lighter: String(lighter.length) }),
    },
  ];
}
