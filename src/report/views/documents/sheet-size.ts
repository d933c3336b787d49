/**
 * How large the letters of a sheet may be so that all of it stands on one page of A3. There is no script that could
 * try, so the lines are counted beforehand, by the same breaking rules as a terminal's.
 */
import { wrap } from '../../skins/wrap.ts';
import type { Sheet, SheetRow, SheetTable } from './sheet.ts';

/** A3, landscape, without its margins. */
export const pageMm = { width: 420, height: 297, margin: 9 };
const pointsPerMm = 72 / 25.4;
const within = (mm: number) => (mm - 2 * pageMm.margin) * pointsPerMm;

/** Shares of the width: the row, what the document says, what was measured, the verdict. */
export const shares = { row: 0.16, says: 0.39, measured: 0.24, verdict: 0.21 };

/** The size of letters for details of one side, as a part of the usual size. */
export const detailSize = 0.85;

/** Heights, in multiples of the letter size, as in the style sheet. */
export const lineHeight = 1.28;
const cellPadding = 0.55;
/** Half a Korean letter, or a Latin one of a wide font with room for what a browser breaks earlier. */
const columnWidth = 0.53;
/** Bold letters are wider by this factor. */
const bold = 1.12;
/** Titles with their margins and rules; that of a table with the heads of its columns. */
const headings = { page: 2.6, table: 4.6 };

const largest = 16;
const smallest = 4;
const step = 0.25;

function rowLines({ id, title, what = '', says, measured, verdict }: SheetRow, columns: number): number {
  const lines = (text: string, share: number) =>
    text === '' ? 0 : wrap(text, Math.max(4, Math.floor(columns * share) - 2)).length;
  const small = (text: string, share: number) => lines(text, share / detailSize) * detailSize;
  const sum = (texts: readonly string[], share: number) =>
    texts.reduce((total, text) => total + lines(text, share), 0);
  const side = shares.says / says.length;
  const { kind: _, text, condition } = verdict;
  return Math.max(
    lines(`${id} ${title}`, shares.row / bold) + small(what, shares.row),
    ...says.map((one) => lines(`“${one.text}”`, side) + small((one.details ?? []).join(' · '), side)),
    sum(measured, shares.measured),
    // The sign is taller than a line of letters.
    sum([`✓ ${text}`, ...(condition === null ? [] : [condition])], shares.verdict / bold) + 0.3,
  );
}

const tableHeight = ({ rows }: SheetTable, columns: number): number =>
  rows.reduce((sum, row) => sum + rowLines(row, columns) * lineHeight + cellPadding, headings.table);

export function pointsFor({ conditions, tables, legend }: Sheet): number {
  const [width, height] = [within(pageMm.width), within(pageMm.height)];
  for (let points = largest; points > smallest; points -= step) {
    const columns = width / points / columnWidth;
    const notes = [conditions.join(' · '), ...legend].map((line) => wrap(line, Math.floor(columns)).length);
    const letters =
      headings.page +
      notes.reduce((sum, lines) => sum + lines * lineHeight, 0) +
      tables.reduce((sum, table) => sum + tableHeight(table, columns), 0);
    if (letters * points < height) return points;
  }
  return smallest;
}
