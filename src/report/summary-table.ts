/**
 * What repeats say together: medians with their intervals, then ratios to a reference with theirs. Computes
 * nothing: the figures come with the report. Too few repeats have a median and no interval.
 */

import { own } from '../base/lookup.ts';
import type { Report } from '../document/report.ts';
import { breakable, gathered } from './groups.ts';
import { sweptAxes } from './sweep-axes.ts';
import type { Table } from './table.ts';
import { meanBytes } from './tellings/telling.ts';
import { type NamedRow, withUnconnected } from './unconnected.ts';
import { compact, decimal, milliseconds } from './units.ts';
import type { Words } from './words.ts';

type Figure = Report['summary'][number];

const formats: Readonly<Record<string, (value: number) => string>> = {
  'latency.p50': milliseconds,
  'latency.p95': milliseconds,
  'perMessage.overhead': meanBytes,
  throughput: (rate) => compact(Math.round(rate)),
};

/** `latency.p50 / tcp`: a figure, and what it was divided by. */
const partsOf = (metric: string): [figure: string, reference: string | undefined] => {
  const [figure = metric, reference] = metric.split(' / ');
  return [figure, reference];
};

function headOf(metric: string, words: Words): string {
  const [figure, reference] = partsOf(metric);
  const named = words.find(`summary.${figure}`) ?? breakable(figure);
  if (reference === undefined) return named;
  const bare = words.find(`summary.ratio.${figure}`) ?? breakable(figure);
  return words.say('summary.ratio', { figure: bare, reference });
}

function cellOf({ metric, median, low, high }: Figure): string | string[] {
  const [figure, reference] = partsOf(metric);
  const known = reference === undefined ? own(formats, figure) : undefined;
  const format = known ?? decimal;
  if (low === null || high === null) return format(median);
  return [format(median), `[${format(low)},\u00a0${format(high)}]`];
}

function tableOf(rows: readonly Figure[], title: string, report: Report, words: Words): Table[] {
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
        return found ? cellOf(found) : words.say('missing.none');
      }),
    ],
  });
  const lines = gathered(rows, ({ transport }) => transport).map(line);
  const rowsOf = (reference: boolean) =>
    withUnconnected(
      lines.filter(({ transport }) => references.has(transport) === reference),
      report,
      { place, columns: 1 + metrics.length, reference },
      words,
    );
  const certain = rows.some(({ low }) => low !== null);
  return [
    {
      title,
      notes: [words.say(certain ? 'summary.legend' : 'summary.noInterval')],
      shape: 'figures',
      head: [words.say('head.transport'), ...metrics.map((metric) => headOf(metric, words))],
      align: ['left', ...metrics.map(() => 'right' as const)],
      rows: rowsOf(false),
      references: rowsOf(true),
    },
  ];
}

/** Which value of a sweep the figures are of. */
function where({ scenario, load, link }: Figure, report: Report): string[] {
  const of = report.trials.filter((trial) => trial.scenario === scenario);
  const same = of.find((trial) => JSON.stringify([trial.load, trial.link]) === JSON.stringify([load, link]));
  return same === undefined ? [] : sweptAxes(of).map(({ text, value }) => text(value(same)));
}

/** Two tables for each scenario, load and link: the figures, and their ratios. */
export function summaryTables(report: Report, words: Words): Table[] {
  const repeats = String(report.plan.repeat);
  return gathered(report.summary, ({ scenario, load, link }) => [scenario, load, link]).flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const scenario = [first.scenario, ...where(first, report)].join(', ');
    const isRatio = ({ metric }: Figure) => partsOf(metric)[1] !== undefined;
    return [
      ...tableOf(
        rows.filter((row) => !isRatio(row)),
        words.say('summary.title', { scenario, repeats }),
        report,
        words,
      ),
      ...tableOf(rows.filter(isRatio), words.say('summary.ratioTitle', { scenario, repeats }), report, words),
    ];
  });
}
