/**
 * A report as a flat list: a row a metric of a trial, with its unit. For CSV and for graphs over time; what was not
 * measured has no row.
 */

import type { Report, Trial } from '../../../document/report.ts';
import { metrics } from '../../../trial/metrics.ts';

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
        { transport, scenario, link: link.name, clients: load.clients, repeat, verdict, metric, value, unit },
      ];
    }),
  );
