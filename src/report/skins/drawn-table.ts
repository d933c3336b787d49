/**
 * Draws cells side by side: each column as wide as its widest line, separated by rules or by spaces alone. The cells
 * are already wrapped, and may be coloured.
 */
import { stripVTControlCharacters } from 'node:util';
import type { Align } from '../blocks/block.ts';
import type { WidthRow } from './column-widths.ts';
import { displayWidth } from './wrap.ts';

/**
 * What stands at the left end, between two columns and at the right end of a line; a rule also has the character it is
 * drawn with.
 */
export interface Edges {
  readonly left: string;
  readonly between: string;
  readonly right: string;
}
export interface Borders {
  readonly row: Edges;
  readonly rules: Readonly<Record<'top' | 'middle' | 'bottom', Edges>> & { readonly line: string };
}

const drawnWidth = (line: string): number =>
  displayWidth(line.includes('\u001b') ? stripVTControlCharacters(line) : line);

const joined = ({ left, between, right }: Edges, cells: readonly string[]): string =>
  left + cells.join(between) + right;

function padded(line: string, width: number, align: Align | undefined): string {
  const space = ' '.repeat(width - drawnWidth(line));
  return align === 'right' ? space + line : line + space;
}

const columnWidths = (rows: readonly WidthRow[]): number[] =>
  (rows[0] ?? []).map((_, column) =>
    Math.max(0, ...rows.flatMap((row) => (row[column] ?? []).map(drawnWidth))),
  );

export const heightOf = (row: WidthRow): number => Math.max(1, ...row.map((lines) => lines.length));

/** The lines of each row, all of the same width. */
function drawRows(rows: readonly WidthRow[], align: readonly Align[], edges: Edges): string[][] {
  const widths = columnWidths(rows);
  return rows.map((row) =>
    Array.from({ length: heightOf(row) }, (_, index) =>
      joined(
        edges,
        widths.map((width, column) => padded(row[column]?.[index] ?? '', width, align[column])),
      ),
    ),
  );
}

/** Without borders, columns separated by a gap. */
export const drawColumns = (rows: readonly WidthRow[], align: readonly Align[], gap: number): string[] =>
  drawRows(rows, align, { left: '', between: ' '.repeat(gap), right: '' })
    .flat()
    .map((line) => line.trimEnd());

/** With a border around every cell. */
export function drawBoxes(
  rows: readonly WidthRow[],
  align: readonly Align[],
  { row, rules }: Borders,
): string[] {
  const margin = displayWidth(row.between) - 1;
  const stretches = columnWidths(rows).map((width) => rules.line.repeat(width + margin));
  const [top, middle, bottom] = (['top', 'middle', 'bottom'] as const).map((place) =>
    joined(rules[place], stretches),
  ) as [string, string, string];
  return [
    top,
    ...drawRows(rows, align, row).flatMap((lines, index) => (index === 0 ? lines : [middle, ...lines])),
    bottom,
  ];
}
