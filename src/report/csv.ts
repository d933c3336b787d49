/**
 * CSV (RFC 4180): a row a metric. A cell that a spreadsheet would take for a formula is defused with an apostrophe;
 * numbers stay numbers.
 */
import { escapeControls } from './escape.ts';
import { type FigureRow, figureRows } from './figure-rows.ts';
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

const line = (figure: FigureRow) => columns.map((column) => cell(figure[column])).join(',');

export const renderCsv = ((report) =>
  `${[columns.join(','), ...figureRows(report).map(line)].join('\r\n')}\r\n`) satisfies Skin;
