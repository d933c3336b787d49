/**
 * A report as a flat list: a row for each metric of a trial, with its unit, written as CSV and for graphs over time.
 * What was not measured has no row.
 */
import type { Report, Trial } from '../../../document/report.ts';
import { unitName } from '../../../metrics/metric.ts';
import { metricByName, metrics } from '../../../trial/metrics.ts';
import { csvOf } from '../../skins/csv.ts';
import type { RunSkin } from './run-skin.ts';

export interface FigureRow {
  readonly transport: string;
  readonly scenario: string;
  readonly link: string;
  readonly clients: number;
  readonly repeat: number;
  readonly verdict: Trial['verdict'];
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
}

export const figureRows = ({ trials }: Report): FigureRow[] =>
  trials.flatMap((trial) =>
    metrics.flatMap(({ name: metric, unit, read }) => {
      const value = read(trial);
      if (value === null || value === undefined) return [];
      const { transport, scenario, link, load, repeat, verdict } = trial;
      return [
        {
          transport,
          scenario,
          link: link.name,
          clients: load.clients,
          repeat,
          verdict,
          metric,
          value,
          unit: unitName(unit),
        },
      ];
    }),
  );

const columns = [
  'transport',
  'scenario',
  'link',
  'clients',
  'repeat',
  'verdict',
  'metric',
  'value',
  'unit',
] as const;

/** What could not connect has one row: its outcome in place of a verdict, and its HTTP status. */
const unconnectedRows = ({ unconnected }: Report) =>
  unconnected.map(({ transport, scenario, link, load, repeat, outcome, status }) => ({
    transport,
    scenario,
    link: link.name,
    clients: load.clients,
    repeat,
    verdict: outcome,
    metric: 'connect.status',
    value: status ?? '',
    unit: 'HTTP status',
  }));

export const renderCsv = ((report) =>
  csvOf(columns, [...figureRows(report), ...unconnectedRows(report)])) satisfies RunSkin;

/**
 * The list that github-action-benchmark takes as `customSmallerIsBetter`: only metrics that are better when smaller.
 */
export const renderBenchmark = ((report) => {
  const rows = new Map<string, { name: string; unit: string; value: number }>();
  for (const { transport, scenario, verdict, metric, value, unit } of figureRows(report)) {
    const name = `${scenario} ${transport} ${metric}`;
    // A graph over time takes one value for each name: the first repeat that is not invalid.
    if (verdict !== 'invalid' && metricByName(metric)?.graphed && !rows.has(name))
      rows.set(name, { name, unit, value });
  }
  return `${JSON.stringify([...rows.values()], null, 2)}\n`;
}) satisfies RunSkin;
