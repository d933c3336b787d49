/**
 * CSV (RFC 4180): a row a metric. A cell that a spreadsheet would take for a formula is defused with an apostrophe;
 * numbers stay numbers.
 */
import type { Report } from '../document/report.ts';
import { escapeControls } from './escape.ts';
import { figureRows } from './figure-rows.ts';
import type { Skin } from './skin.ts';

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

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = escapeControls(value);
  const defused = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}

/** A head and rows, in the order of the columns. */
export function csvOf<Column extends string>(
  head: readonly Column[],
  rows: readonly Readonly<Record<Column, string | number>>[],
): string {
  const line = (row: Readonly<Record<Column, string | number>>) =>
    head.map((column) => cell(row[column])).join(',');
  return `${[head.join(','), ...rows.map(line)].join('\r\n')}\r\n`;
}

/** What could not connect has one row: its outcome where others have their verdict, and its HTTP status. */
const unconnectedRows = ({ unconnected }: Report) =>
  unconnected.map(({ transport, scenario, link, load, repeat, outcome, status }) => ({
    ...{ transport, scenario, link: link.name, clients: load.clients, repeat, verdict: outcome },
    ...{ metric: 'connect.status', value: status ?? '', unit: 'HTTP status' },
  }));

export const renderCsv = ((report) =>
  csvOf(columns, [...figureRows(report), ...unconnectedRows(report)])) satisfies Skin;
