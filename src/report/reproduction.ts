/** A reproduced result, told: published, predicted and measured in one row, what was found, what differs and why. */
import type { Outcome, Reproduction, Row } from '../reproductions/reproduction.ts';
import { formatted } from './document-tables.ts';
import { doubtfulNames } from './doubtful.ts';
import type { Block, Cell, Table } from './table.ts';
import { exact } from './units.ts';
import type { Words } from './words.ts';

const figure = (value: number | null, { unit }: Row, words: Words): string =>
  value === null ? '–' : unit === 'exact' ? exact(value) : formatted({ unit, value }, words);

function table({ title }: Reproduction, rows: readonly Row[], words: Words): Table {
  return {
    title: words.tell(title),
    notes: [words.say('reproduction.legend')],
    shape: 'figures',
    head: ['metric', 'published', 'law', 'predicted', 'measured'].map((name) =>
      words.say(`head.${name as 'metric' | 'published' | 'law' | 'predicted' | 'measured'}`),
    ),
    align: ['left', 'right', 'left', 'right', 'right'],
    rows: rows.map((row): Cell[] => [
      words.tell(row.metric),
      figure(row.published, row, words),
      row.law ?? '',
      figure(row.predicted, row, words),
      figure(row.measured, row, words),
    ]),
  };
}

export interface ReproductionTelling {
  readonly reproduction: Reproduction;
  readonly outcome: Outcome;
  readonly scale: number;
}

export function reproductionBlocks(
  { reproduction, outcome, scale }: ReproductionTelling,
  words: Words,
): Block[] {
  const { doubtful } = outcome;
  return [
    { kind: 'heading', text: words.say('title.reproduction', { name: reproduction.name }) },
    { kind: 'paragraph', text: words.say('reproduction.source', { source: reproduction.source }) },
    ...(scale === 1
      ? []
      : [{ kind: 'paragraph', text: words.say('reproduction.scaled', { scale: String(scale) }) } as const]),
    ...(doubtful.length > 0
      ? [
          {
            kind: 'paragraph',
            text: words.say('claims.doubtful', { trials: doubtfulNames(doubtful, words) }),
          } as const,
        ]
      : []),
    { kind: 'table', table: table(reproduction, outcome.rows, words) },
    {
      kind: 'list',
      title: words.say('title.findings'),
      items: outcome.findings.map(
        ({ text, holds }) =>
          `${words.say(holds === null ? 'finding.open' : holds ? 'finding.holds' : 'finding.fails')} ${words.tell(text)}`,
      ),
    },
    {
      kind: 'paragraph',
      text: words.say('reproduction.differs', { text: words.tell(reproduction.differs) }),
    },
  ];
}

/** What `--json` prints. */
export const reproductionDocument = (
  { reproduction, outcome, scale }: ReproductionTelling,
  words: Words,
) => ({
  name: reproduction.name,
  title: words.tell(reproduction.title),
  source: reproduction.source,
  scale,
  rows: outcome.rows.map(({ metric, unit, ...figures }) => ({
    metric: words.tell(metric),
    unit: unit === 'nanoseconds' ? 'ns' : unit,
    ...figures,
  })),
  findings: outcome.findings.map(({ text, holds }) => ({ text: words.tell(text), holds })),
  differs: words.tell(reproduction.differs),
});
