/**
 * How large the letters of a sheet may be so that it fits on one page of A3. No script in the page can try sizes, so
 * the lines are counted beforehand, with the breaking rules of a terminal.
 */
import { wrap } from '../../skins/wrap.ts';
import type { Sheet, SheetRow, SheetTable } from './sheet.ts';

/** A3, landscape, without its margins. */
export const pageMm = { width: 420, height: 297, margin: 9 };
const pointsPerMm = 72 / 25.4;
const within = (mm: number) => (mm - 2 * pageMm.margin) * pointsPerMm;

/** Shares of the width: the row, what the document says, what was measured, the verdict. */
const shares = { row: 0.16, says: 0.39, measured: 0.24, verdict: 0.21 };
/** With several protocols, a column for each replaces the last two. */
const shared = { row: 0.13, says: 0.27, answers: 0.6 };

/** 1 if HTTP went over one protocol. */
export const protocolsOf = ({ tables }: Sheet): number => tables[0]?.rows[0]?.answers?.length ?? 1;

/** The widths of the row's own column, and of those after what the document says. */
export const widthsFor = (
  protocols: number,
): { readonly row: number; readonly answers: readonly number[] } =>
  protocols > 1
    ? { row: shared.row, answers: Array(protocols).fill(shared.answers / protocols) }
    : { row: shares.row, answers: [shares.measured, shares.verdict] };

/** The letter size of one side's details, as a share of the usual size. */
export const detailSize = 0.85;

/** Heights, in multiples of the letter size, as in the style sheet. */
export const lineHeight = 1.28;
const cellPadding = 0.55;
/** Half a Korean letter, or a Latin one of a wide font; with a margin, because a browser may break earlier. */
const columnWidth = 0.53;
/** Bold letters are wider by this factor. */
const bold = 1.12;
/** Heights of titles with their margins and rules; a table's includes the heads of its columns. */
const headings = { page: 2.6, table: 4.6 };

const largest = 16;
const smallest = 4;
const step = 0.25;

function rowLines(row: SheetRow, columns: number): number {
  const { id, title, what = '', says, measured, verdict, answers } = row;
  const lines = (text: string, share: number) =>
    text === '' ? 0 : wrap(text, Math.max(4, Math.floor(columns * share) - 2)).length;
  const small = (text: string, share: number) => lines(text, share / detailSize) * detailSize;
  const sum = (texts: readonly string[], share: number) =>
    texts.reduce((total, text) => total + lines(text, share), 0);
  // The sign is taller than a line of letters.
  const verdictLines = ({ text, condition }: SheetRow['verdict'], share: number) =>
    sum([`✓ ${text}`, ...(condition === null ? [] : [condition])], share / bold) + 0.3;
  const { row: rowShare, says: saysShare } = answers ? shared : shares;
  const side = saysShare / says.length;
  const found = answers
    ? answers.map(
        (answer) =>
          sum(answer.measured, shared.answers / answers.length) +
          verdictLines(answer.verdict, shared.answers / answers.length),
      )
    : [sum(measured, shares.measured), verdictLines(verdict, shares.verdict)];
  return Math.max(
    lines(`${id} ${title}`, rowShare / bold) + small(what, rowShare),
    ...says.map((one) => lines(`“${one.text}”`, side) + small((one.details ?? []).join(' · '), side)),
    ...found,
  );
}

const tableHeight = ({ rows }: SheetTable, columns: number): number =>
  rows.reduce((sum, row) => sum + rowLines(row, columns) * lineHeight + cellPadding, headings.table);

export function pointsFor({ conditions, tables, partings = [], legend }: Sheet): number {
  const [width, height] = [within(pageMm.width), within(pageMm.height)];
  for (let points = largest; points > smallest; points -= step) {
    const columns = width / points / columnWidth;
    const notes = [conditions.join(' · '), ...partings, ...legend].map(
      (line) => wrap(line, Math.floor(columns)).length,
    );
    const letters =
      headings.page +
      notes.reduce((sum, lines) => sum + lines * lineHeight, 0) +
      tables.reduce((sum, table) => sum + tableHeight(table, columns), 0);
    if (letters * points < height) return points;
  }
  return smallest;
}
