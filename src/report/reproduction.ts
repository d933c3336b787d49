/** A reproduced result, told: published, predicted and measured in one row, what was found, what differs and why. */
import { say, text } from '../base/text.ts';
import {
  type Finding,
  isAllowed,
  type Outcome,
  type Reproduction,
  type Row,
} from '../questions/reproductions/reproduction.ts';
import { formatted } from './document-tables.ts';
import { doubtfulNames } from './doubtful.ts';
import type { Block, Cell, Table } from './table.ts';
import { exact } from './units.ts';
import type { Words } from './words.ts';

const figure = (value: number | null, { unit }: Row, words: Words): string =>
  value === null ? '–' : unit === 'exact' ? exact(value) : formatted({ unit, value }, words);

const limits = {
  'at most': text('at most {value}', '{value} 이하'),
  'at least': text('at least {value}', '{value} 이상'),
} as const;

/** A law on times or shares says how far chance and the machine may take a measurement from it. */
function predictedText(row: Row, words: Words): string {
  const value = figure(row.predicted, row, words);
  if (row.predicted === null) return value;
  const told = row.tolerance === 0 ? value : `${value} ± ${figure(row.tolerance, row, words)}`;
  return row.limit ? say(words, limits[row.limit], { value: told }) : told;
}

const outside = text('Not what the law allows: {metrics}.', '법칙이 허용하는 범위를 벗어난 것: {metrics}.');
const withheld = text('(withheld: the machine was busy)', '(보류: 컴퓨터가 바빴음)');

function outsideBlocks(rows: readonly Row[], words: Words): Block[] {
  const names = rows.filter((row) => isAllowed(row) === false).map(({ metric }) => words.tell(metric));
  return names.length === 0
    ? []
    : [{ kind: 'paragraph', text: say(words, outside, { metrics: names.join('; ') }) }];
}

/** A finding on times says nothing where the machine disturbed a trial. */
const isWithheld = ({ onTimes }: Finding, { doubtful }: Outcome): boolean =>
  onTimes === true && doubtful.length > 0;

function findingText(finding: Finding, outcome: Outcome, words: Words): string {
  const { text: told, holds } = finding;
  const verdict = isWithheld(finding, outcome)
    ? say(words, withheld)
    : words.say(holds === null ? 'finding.open' : holds ? 'finding.holds' : 'finding.fails');
  return `${verdict} ${words.tell(told)}`;
}

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
      predictedText(row, words),
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
    ...outsideBlocks(outcome.rows, words),
    {
      kind: 'list',
      title: words.say('title.findings'),
      items: outcome.findings.map((finding) => findingText(finding, outcome, words)),
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
  rows: outcome.rows.map((row) => {
    const { metric, unit, ...figures } = row;
    return {
      metric: words.tell(metric),
      unit: unit === 'nanoseconds' ? 'ns' : unit,
      ...figures,
      allowed: isAllowed(row),
    };
  }),
  findings: outcome.findings.map((finding) => ({
    text: words.tell(finding.text),
    holds: isWithheld(finding, outcome) ? null : finding.holds,
  })),
  differs: words.tell(reproduction.differs),
});
