/** A run as CSV: a row a metric. */
import type { Report } from '../../../document/report.ts';
import { csvOf } from '../../skins/csv.ts';
import { figureRows } from './figure-rows.ts';
import type { RunSkin } from './run-skin.ts';

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

/** What could not connect has one row: its outcome where others have their verdict, and its HTTP status. */
const unconnectedRows = ({ unconnected }: Report) =>
  unconnected.map(({ transport, scenario, link, load, repeat, outcome, status }) => ({
    ...{ transport, scenario, link: link.name, clients: load.clients, repeat, verdict: outcome },
    ...{ metric: 'connect.status', value: status ?? '', unit: 'HTTP status' },
  }));

export const renderCsv = ((report) =>
  csvOf(columns, [...figureRows(report), ...unconnectedRows(report)])) satisfies RunSkin;
