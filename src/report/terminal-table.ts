/**
 * Tables in a terminal, by cli-table3. Lines are wrapped before the library sees them, because its own wrapping
 * cuts what does not fit; here nothing is ever cut, and everything fits the width asked for.
 */
import CliTable from 'cli-table3';
import { figureLayout, type Lines, proseWidths, type Row, sum } from './column-widths.ts';
import { escapeControls, plainCharacters } from './escape.ts';
import { type Align, type Cell, linesOf, type Table } from './table.ts';
import { displayWidth, wrap } from './wrap.ts';

export interface TerminalTableOptions {
  readonly width: number;
  readonly ascii: boolean;
}

/** cli-table3 colours heads red and borders grey unless told not to, even into a pipe. */
const uncoloured = { head: [], border: [] };

const asciiBorders = {
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  'left-mid': '+',
  mid: '-',
  'mid-mid': '+',
  right: '|',
  'right-mid': '+',
  middle: '|',
};

/** Lines of one cell stay apart: what is wrapped is indented. */
const hang = 2;

const noBorders = Object.fromEntries(Object.keys(asciiBorders).map((name) => [name, '']));

const layOut = (row: Row, widths: readonly number[], indent: number): Row =>
  row.map((lines, index) =>
    lines.flatMap((line) => wrap(line, widths[index] ?? 2, index === 0 ? 0 : indent)),
  );

const text = (lines: Lines): string => lines.join('\n');
const height = (row: Row): number => Math.max(1, ...row.map((lines) => lines.length));

function figures(
  head: Row,
  rows: readonly Row[],
  references: readonly Row[],
  align: readonly Align[],
  options: TerminalTableOptions,
): string[] {
  const { widths, gap } = figureLayout(head, [...rows, ...references], options.width);
  const laid = [head, ...rows, ...references].map((row) => layOut(row, widths, 0));
  const table = new CliTable({
    head: (laid[0] ?? []).map(text),
    chars: { ...noBorders, middle: ' '.repeat(gap) },
    colAligns: [...align],
    style: { ...uncoloured, 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of laid.slice(1)) table.push(row.map(text));
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const rule = (options.ascii ? '-' : '─').repeat(Math.max(0, ...lines.map(displayWidth)));
  const belowHead = height(laid[0] ?? []);
  const belowRows = sum(laid.slice(0, 1 + rows.length).map(height));
  const ruled = [...lines.slice(0, belowHead), rule, ...lines.slice(belowHead, belowRows)];
  return references.length === 0 ? ruled : [...ruled, rule, ...lines.slice(belowRows)];
}

function prose(
  head: Row,
  rows: readonly Row[],
  align: readonly Align[],
  options: TerminalTableOptions,
): string[] {
  const borders = 3 * head.length + 1;
  const widths = proseWidths(head, rows, options.width - borders, hang);
  const table = new CliTable({
    head: layOut(head, widths, 0).map(text),
    ...(options.ascii ? { chars: asciiBorders } : {}),
    colAligns: [...align],
    style: uncoloured,
  });
  for (const row of rows) table.push(layOut(row, widths, hang).map(text));
  return table.toString().split('\n');
}

/** The table with its title above and its notes below, no line wider than asked. */
export function terminalTable(table: Table, options: TerminalTableOptions): string {
  const clean = (line: string): string => {
    const escaped = escapeControls(line);
    return options.ascii ? plainCharacters(escaped) : escaped;
  };
  const cells = (row: readonly Cell[]): Row => row.map((cell) => linesOf(cell).map(clean));
  const head = cells(table.head);
  const rows = table.rows.map(cells);
  const body =
    table.shape === 'figures'
      ? figures(head, rows, (table.references ?? []).map(cells), table.align, options)
      : prose(head, rows, table.align, options);
  const around = (sentence: string): string[] => wrap(clean(sentence), options.width);
  return [...around(table.title), '', ...body, ...table.notes.flatMap(around)].join('\n');
}
