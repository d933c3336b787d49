/**
 * The summary of repeats: medians with their intervals, then ratios to a reference with theirs. It computes nothing:
 * the figures come with the report. With too few repeats there is a median and no interval.
 */

import { type Reader, say, type Text, text } from '../../../base/text.ts';
import { conditionsOf } from '../../../document/conditions.ts';
import type { Report } from '../../../document/report.ts';
import { metricByName } from '../../../trial/metrics.ts';
import type { Table } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { decimal } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { formats } from '../scenarios/scenario-view.ts';
import { breakable } from './groups.ts';
import { sweptAxes } from './sweep-axes.ts';
import { type NamedRow, withUnconnected } from './unconnected.ts';

const phrases = {
  title: text('{scenario}: medians over {repeats} repeats', '{scenario}: {repeats}번 반복한 결과의 중앙값'),
  ratioTitle: text('{scenario}: ratios over {repeats} repeats', '{scenario}: {repeats}번 반복한 결과의 비율'),
  legend: text(
    'The median, and below it the interval in which it lies with 95 % confidence (bootstrap).',
    '위: 중앙값. 아래: 중앙값의 95 % 신뢰 구간(부트스트랩).',
  ),
  noInterval: text(
    'Too few repeats for an interval: medians only.',
    '반복 횟수가 적어 구간 없이 중앙값만 표시합니다.',
  ),
  ratio: text('{figure} / {reference}', '{figure} / {reference}'),
};

type Figure = Report['summary'][number];

/** `latency.p50 / tcp`: a figure, and the reference it was divided by. */
const partsOf = (metric: string): [figure: string, reference: string | undefined] => {
  const [figure = metric, reference] = metric.split(' / ');
  return [figure, reference];
};

function headOf(metric: string, reader: Reader): string {
  const [figure, reference] = partsOf(metric);
  const { head, ratioHead } = metricByName(figure) ?? {};
  const told = (named: Text | undefined) => (named ? say(reader, named) : breakable(figure));
  return reference === undefined
    ? told(head)
    : say(reader, phrases.ratio, { figure: told(ratioHead), reference });
}

function cellOf({ metric, median, low, high }: Figure): string | string[] {
  const [figure, reference] = partsOf(metric);
  const known = reference === undefined ? metricByName(figure) : undefined;
  const format = known ? formats[known.unit] : decimal;
  if (low === null || high === null) return format(median);
  return [format(median), `[${format(low)},\u00a0${format(high)}]`];
}

function tableOf(rows: readonly Figure[], title: string, report: Report, reader: Reader): Table[] {
  const [place] = rows;
  if (place === undefined) return [];
  const metrics = [...new Set(rows.map(({ metric }) => metric))];
  const references = new Set(
    report.trials.filter(({ reference }) => reference).map(({ transport }) => transport),
  );
  const line = (figures: readonly [Figure, ...Figure[]]): NamedRow => ({
    transport: figures[0].transport,
    cells: [
      breakable(figures[0].transport),
      ...metrics.map((wanted) => {
        const found = figures.find(({ metric }) => metric === wanted);
        return found ? cellOf(found) : say(reader, noFigure.none);
      }),
    ],
  });
  const lines = gathered(rows, ({ transport }) => transport).map(line);
  const rowsOf = (reference: boolean) =>
    withUnconnected(
      lines.filter(({ transport }) => references.has(transport) === reference),
      report,
      { place, columns: 1 + metrics.length, reference },
      reader,
    );
  const certain = rows.some(({ low }) => low !== null);
  return [
    {
      title,
      notes: [say(reader, certain ? phrases.legend : phrases.noInterval)],
      shape: 'figures',
      head: [say(reader, heads.transport), ...metrics.map((metric) => headOf(metric, reader))],
      align: ['left', ...metrics.map(() => 'right' as const)],
      rows: rowsOf(false),
      references: rowsOf(true),
    },
  ];
}

/** The value of a sweep that the figures belong to. */
function where(figure: Figure, report: Report): string[] {
  const of = report.trials.filter((trial) => trial.scenario === figure.scenario);
  const same = of.find((trial) => conditionsOf(trial) === conditionsOf(figure));
  return same === undefined ? [] : sweptAxes(of).map(({ text, value }) => text(value(same)));
}

/** Two tables for each scenario under the same conditions: the figures, and their ratios. */
export function summaryTables(report: Report, reader: Reader): Table[] {
  const repeats = String(report.plan.repeat);
  return gathered(report.summary, (row) => [row.scenario, conditionsOf(row)]).flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const scenario = [first.scenario, ...where(first, report)].join(', ');
    const isRatio = ({ metric }: Figure) => partsOf(metric)[1] !== undefined;
    return [
      ...tableOf(
        rows.filter((row) => !isRatio(row)),
        say(reader, phrases.title, { scenario, repeats }),
        report,
        reader,
      ),
      ...tableOf(
        rows.filter(isRatio),
        say(reader, phrases.ratioTitle, { scenario, repeats }),
        report,
        reader,
      ),
    ];
  });
}
