/**
 * Tables in a terminal. Nothing is cut, and everything fits the requested width. A table too wide for that becomes
 * cards: below the name of each row its figures, each with the head of its column.
 */
import { stripVTControlCharacters, styleText } from 'node:util';
import { type Align, type Cell, linesOf, type Table, type Tone } from '../blocks/block.ts';
import { figureLayout, proseWidths, sum, type WidthRow } from './column-widths.ts';
import { type Borders, drawBoxes, drawColumns, heightOf } from './drawn-table.ts';
import { escapeControls, plainCharacters } from './escape.ts';
import { displayWidth, wrap } from './wrap.ts';

export interface TerminalTableOptions {
  readonly width: number;
  readonly ascii: boolean;
  /** Whether escape codes may be written. */
  readonly colour?: boolean;
}

const row = (side: string) => ({ left: `${side} `, between: ` ${side} `, right: ` ${side}` });
const rule = (left: string, between: string, right: string) => ({ left, between, right });

const borders: Borders = {
  row: row('│'),
  rules: { top: rule('┌', '┬', '┐'), middle: rule('├', '┼', '┤'), bottom: rule('└', '┴', '┘'), line: '─' },
};
const crossed = rule('+', '+', '+');
const asciiBorders: Borders = {
  row: row('|'),
  rules: { top: crossed, middle: crossed, bottom: crossed, line: '-' },
};

/** Wrapped text is indented, so that the lines of a cell can be told apart. */
const hang = 2;

const narrow = 60;
const leastText = 18;

/** Colours a wrapped line of a cell, after its width has been counted. */
type Paint = (text: string, column: number, line: number) => string;
const unpainted: Paint = (text) => text;

const layOut = (row: WidthRow, widths: readonly number[], indent: number, paint = unpainted): WidthRow =>
  row.map((lines, column) =>
    lines.flatMap((line, index) =>
      wrap(line, widths[column] ?? 2, column === 0 ? 0 : indent).map((text) => paint(text, column, index)),
    ),
  );

const toneStyles = { good: 'green', mixed: 'yellow', bad: 'red', plain: 'bold' } as const satisfies Record<
  Tone,
  string
>;

/** Verdicts stand in the last column. */
const painting =
  (tone: Tone | undefined, columns: number): Paint =>
  (text, column, line) =>
    tone === undefined || column < columns - 1
      ? text
      : styleText(line === 0 ? toneStyles[tone] : 'bold', text, { validateStream: false });

interface Parts {
  readonly head: WidthRow;
  readonly rows: readonly WidthRow[];
  readonly references: readonly WidthRow[];
  readonly align: readonly Align[];
  /** One for each row. */
  readonly paints: readonly Paint[];
}

function figures({ head, rows, references, align, paints }: Parts, options: TerminalTableOptions) {
  const layout = figureLayout(head, [...rows, ...references], options.width);
  if (layout === null) return null;
  const { widths, gap } = layout;
  // On a narrow terminal a column of text would be a ladder of single words.
  const isLadder = align.some(
    (side, index) => index > 0 && side === 'left' && (widths[index] ?? 0) < leastText,
  );
  if (isLadder && options.width < narrow) return null;
  const laid = [
    layOut(head, widths, 0),
    ...rows.map((row, index) => layOut(row, widths, 0, paints[index])),
    ...references.map((row, index) => layOut(row, widths, 0, paints[rows.length + index])),
  ];
  const lines = drawColumns(laid, align, gap);
  const drawn = lines.map((line) => displayWidth(stripVTControlCharacters(line)));
  const rule = (options.ascii ? '-' : '─').repeat(Math.max(0, ...drawn));
  const belowHead = heightOf(laid[0] ?? []);
  const belowRows = sum(laid.slice(0, 1 + rows.length).map(heightOf));
  const ruled = [...lines.slice(0, belowHead), rule, ...lines.slice(belowHead, belowRows)];
  return references.length === 0 ? ruled : [...ruled, rule, ...lines.slice(belowRows)];
}

function prose({ head, rows, align, paints }: Parts, options: TerminalTableOptions) {
  const widths = proseWidths(head, rows, options.width - (3 * head.length + 1), hang);
  if (widths === null) return null;
  const laid = [
    layOut(head, widths, 0),
    ...rows.map((row, index) => layOut(row, widths, hang, paints[index])),
  ];
  return drawBoxes(laid, align, options.ascii ? asciiBorders : borders);
}

/** Several figures share a line, a sentence has lines of its own. */
function card(head: WidthRow, row: WidthRow, shape: Table['shape'], width: number, paint: Paint): string[] {
  const [name = [], ...cells] = row;
  const heads = head.slice(1).map((lines) => lines.join(' ').replaceAll('\u200b', ''));
  const titles = name.flatMap((line) => wrap(line, width));
  const filled = cells.flatMap((lines, index) => {
    const said = lines.filter((line) => line !== '' && line !== '-');
    return said.length === 0 ? [] : [{ head: heads[index] ?? '', lines: said, column: index + 1 }];
  });
  if (shape === 'figures') {
    const pairs = filled.map(({ head, lines }) => `${head} ${lines.join(' ')}`.replaceAll(' ', '\u00a0'));
    return [...titles, ...wrap(`  ${pairs.join(', ')}`, width, hang)];
  }
  return [
    ...titles,
    ...filled.flatMap(({ head, lines, column }) => [
      ...wrap(`  ${head}:`, width, hang),
      ...lines.flatMap((line, index) =>
        wrap(`    ${line}`, width, 2 * hang).map((drawn) => paint(drawn, column, index)),
      ),
    ]),
  ];
}

function cards(
  { head, rows, references, paints }: Parts,
  shape: Table['shape'],
  options: TerminalTableOptions,
) {
  const rule = (options.ascii ? '-' : '─').repeat(options.width);
  const drawn = (row: WidthRow, index: number) =>
    card(head, row, shape, options.width, paints[index] ?? unpainted);
  return [
    ...rows.flatMap(drawn),
    ...(references.length > 0
      ? [rule, ...references.flatMap((row, index) => drawn(row, rows.length + index))]
      : []),
  ];
}

/** The table with its title above and its notes below, no line wider than asked. */
export function terminalTable(table: Table, options: TerminalTableOptions): string {
  const clean = (line: string): string => {
    const escaped = escapeControls(line);
    return options.ascii ? plainCharacters(escaped) : escaped;
  };
  const cells = (row: readonly Cell[]): WidthRow => row.map((cell) => linesOf(cell).map(clean));
  const parts: Parts = {
    head: cells(table.head),
    rows: table.rows.map(cells),
    references: (table.references ?? []).map(cells),
    align: table.align,
    paints: [...table.rows, ...(table.references ?? [])].map((_, index) =>
      options.colour === true ? painting(table.tones?.[index], table.head.length) : unpainted,
    ),
  };
  const body =
    (table.shape === 'figures' ? figures(parts, options) : prose(parts, options)) ??
    cards(parts, table.shape, options);
  const around = (sentence: string): string[] => wrap(clean(sentence), options.width);
  return [...around(table.title), ...(table.dense ? [] : ['']), ...body, ...table.notes.flatMap(around)].join(
    '\n',
  );
}
