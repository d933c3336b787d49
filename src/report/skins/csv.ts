/**
 * CSV (RFC 4180): a head and rows. A cell that a spreadsheet would take for a formula gets a leading apostrophe;
 * numbers stay numbers.
 */
import { escapeControls } from './escape.ts';

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
