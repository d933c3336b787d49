/** A reproduced result: published, predicted and measured in one row, what was found, what differs and why. */

import { type Reader, say, text } from '../../../base/text.ts';
import {
  isAllowed,
  type Reproduced,
  type Reproduction,
  type ReproductionFinding,
  type ReproductionRow,
} from '../../../questions/reproductions/reproduction.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { doubtfulNames, doubtfulText } from '../../blocks/doubtful.ts';
import { exact } from '../../blocks/quantities.ts';
import { heads } from '../../blocks/table-words.ts';
import { formatted } from '../documents/document-tables.ts';

const phrases = {
  title: text('Reproduced: {name}', '재현: {name}'),
  findings: text('What it comes to', '정리'),
  published: text('published', '발표'),
  legend: text(
    '– : not published, or nothing to predict or measure.',
    '– : 발표되지 않았거나, 예측하거나 측정할 것이 없음.',
  ),
  source: text('Published: {source}', '출처: {source}'),
  scaled: text(
    'Scaled down: {scale} of the messages; what depends on their number is not compared.',
    '축소 실행: 메시지 수의 {scale}배. 메시지 수에 따라 달라지는 값은 비교하지 않습니다.',
  ),
  differs: text('What differs, and why: {text}', '다른 점과 그 이유: {text}'),
  open: text('(too few to tell)', '(판단하기에 측정이 부족함)'),
  holds: text('(holds)', '(확인됨)'),
  fails: text('(DOES NOT HOLD HERE)', '(여기서는 확인되지 않음)'),
};

const figure = (value: number | null, { unit }: ReproductionRow, reader: Reader): string =>
  value === null ? '–' : unit === 'exact' ? exact(value) : formatted({ unit, value }, reader);

const limits = {
  'at most': text('at most {value}', '{value} 이하'),
  'at least': text('at least {value}', '{value} 이상'),
} as const;

/** A law on times or shares has a tolerance: how far chance and the machine may move a measurement from it. */
function predictedText(row: ReproductionRow, reader: Reader): string {
  const value = figure(row.predicted, row, reader);
  if (row.predicted === null) return value;
  const told = row.tolerance === 0 ? value : `${value} ± ${figure(row.tolerance, row, reader)}`;
  return row.limit ? say(reader, limits[row.limit], { value: told }) : told;
}

const outside = text('Not what the law allows: {metrics}.', '법칙이 허용하는 범위를 벗어난 것: {metrics}.');
const withheld = text('(withheld: the machine was busy)', '(보류: 컴퓨터가 바빴음)');

function outsideBlocks(rows: readonly ReproductionRow[], reader: Reader): Block[] {
  const names = rows.filter((row) => isAllowed(row) === false).map(({ metric }) => say(reader, metric));
  return names.length === 0
    ? []
    : [{ kind: 'paragraph', text: say(reader, outside, { metrics: names.join('; ') }) }];
}

/** A finding on times is withheld if the machine disturbed a trial. */
const isWithheld = ({ onTimes }: ReproductionFinding, { doubtful }: Reproduced): boolean =>
  onTimes === true && doubtful.length > 0;

function findingText(finding: ReproductionFinding, outcome: Reproduced, reader: Reader): string {
  const { text: told, holds } = finding;
  const verdict = isWithheld(finding, outcome)
    ? say(reader, withheld)
    : say(reader, holds === null ? phrases.open : holds ? phrases.holds : phrases.fails);
  return `${verdict} ${say(reader, told)}`;
}

function table({ title }: Reproduction, rows: readonly ReproductionRow[], reader: Reader): Table {
  return {
    title: say(reader, title),
    notes: [say(reader, phrases.legend)],
    shape: 'figures',
    ...columns(rows, reader, [
      [heads.metric, 'left', ({ metric }) => say(reader, metric)],
      [phrases.published, 'right', (row) => figure(row.published, row, reader)],
      [heads.law, 'left', ({ law }) => law ?? ''],
      [heads.predicted, 'right', (row) => predictedText(row, reader)],
      [heads.measured, 'right', (row) => figure(row.measured, row, reader)],
    ]),
  };
}

export interface ReproductionTelling {
  readonly reproduction: Reproduction;
  readonly outcome: Reproduced;
  readonly scale: number;
}

export function reproductionBlocks(
  { reproduction, outcome, scale }: ReproductionTelling,
  reader: Reader,
): Block[] {
  const { doubtful } = outcome;
  return [
    { kind: 'heading', text: say(reader, phrases.title, { name: reproduction.name }) },
    { kind: 'paragraph', text: say(reader, phrases.source, { source: reproduction.source }) },
    ...(scale === 1
      ? []
      : [{ kind: 'paragraph', text: say(reader, phrases.scaled, { scale: String(scale) }) } as const]),
    ...(doubtful.length > 0
      ? [
          {
            kind: 'paragraph',
            text: say(reader, doubtfulText, { trials: doubtfulNames(doubtful, reader) }),
          } as const,
        ]
      : []),
    { kind: 'table', table: table(reproduction, outcome.rows, reader) },
    ...outsideBlocks(outcome.rows, reader),
    {
      kind: 'list',
      title: say(reader, phrases.findings),
      items: outcome.findings.map((finding) => findingText(finding, outcome, reader)),
    },
    {
      kind: 'paragraph',
      text: say(reader, phrases.differs, { text: say(reader, reproduction.differs) }),
    },
  ];
}

/** What `--json` prints. */
export const reproductionDocument = (
  { reproduction, outcome, scale }: ReproductionTelling,
  reader: Reader,
) => ({
  name: reproduction.name,
  title: say(reader, reproduction.title),
  source: reproduction.source,
  scale,
  rows: outcome.rows.map((row) => {
    const { metric, unit, ...figures } = row;
    return {
      metric: say(reader, metric),
      unit: unit === 'nanoseconds' ? 'ns' : unit,
      ...figures,
      allowed: isAllowed(row),
    };
  }),
  findings: outcome.findings.map((finding) => ({
    text: say(reader, finding.text),
    holds: isWithheld(finding, outcome) ? null : finding.holds,
  })),
  differs: say(reader, reproduction.differs),
});
