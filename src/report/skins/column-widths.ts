/**
 * The width of each column when the terminal is narrower than the table needs. Figures are never broken, names and
 * heads give way first; prose is broken where the table gets shortest.
 */
import { displayWidth, narrowest, wrap } from './wrap.ts';

export type Lines = readonly string[];
export type WidthRow = readonly Lines[];

interface Column {
  readonly minimum: number;
  readonly natural: number;
}

export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);

const widest = (lines: Lines): number => Math.max(0, ...lines.map(displayWidth));

/** Heads of figures are wrapped to one word a line, so that a column is as narrow as its figures. */
function columnsOf(head: WidthRow, body: readonly WidthRow[], headWraps: boolean): Column[] {
  return head.map((label, index) => {
    const cells = body.map((row) => row[index] ?? []);
    const words = headWraps ? label.flatMap((line) => line.split(' ')) : label;
    return {
      minimum: Math.max(1, ...[label, ...cells].flat().map(narrowest)),
      natural: Math.max(1, widest(words), ...cells.map(widest)),
    };
  });
}

const naturals = (columns: readonly Column[]): number[] => columns.map(({ natural }) => natural);
const minimums = (columns: readonly Column[]): number[] => columns.map(({ minimum }) => minimum);

/**
 * If a long word would make a column of sentences too wide, the widest column shrinks, one terminal column at a time.
 */
function squeeze(columns: readonly Column[], available: number): number[] {
  const widths = minimums(columns);
  while (sum(widths) > available && Math.max(...widths) > 2) {
    const largest = widths.indexOf(Math.max(...widths));
    widths[largest] = (widths[largest] ?? 0) - 1;
  }
  return widths;
}

/**
 * Names get room first, then the columns that need least. Half of what a head or a name needs is of no use to it; the
 * rest of the room goes to the text that lacks most.
 */
function grow(columns: readonly Column[], available: number): number[] {
  const widths = minimums(columns);
  let rest = available - sum(widths);
  const wishes = columns.map(({ minimum, natural }, index) => ({
    index,
    wish: Math.max(0, natural - minimum),
  }));
  const [names, ...others] = wishes;
  for (const { index, wish } of [...(names ? [names] : []), ...others.sort((a, b) => a.wish - b.wish)]) {
    if (wish > rest) continue;
    widths[index] = (widths[index] ?? 0) + wish;
    rest -= wish;
  }
  const lack = columns.map(({ natural }, index) => natural - (widths[index] ?? 0));
  const neediest = lack.indexOf(Math.max(...lack));
  return widths.with(neediest, (widths[neediest] ?? 0) + Math.min(rest, lack[neediest] ?? 0));
}

/**
 * Widths for a table of figures, and the gap between the columns: two spaces if there is room, else one. Null if even
 * the narrowest columns are too wide together.
 */
export function figureLayout(
  head: WidthRow,
  body: readonly WidthRow[],
  width: number,
): { widths: number[]; gap: number } | null {
  const columns = columnsOf(head, body, true);
  const gaps = columns.length - 1;
  const natural = naturals(columns);
  const gap = sum(natural) + 2 * gaps <= width ? 2 : 1;
  const available = width - gap * gaps;
  if (sum(natural) <= available) return { widths: natural, gap };
  return sum(minimums(columns)) <= available ? { widths: grow(columns, available), gap } : null;
}

/** Lines of the whole table; of two equal results, the one with fewer broken lines costs less. */
function costOf(
  rows: readonly WidthRow[],
  lineCount: (lines: Lines, column: number, width: number) => number,
) {
  return (widths: readonly number[]): number =>
    sum(
      rows.map((row) => {
        const heights = row.map((lines, column) => lineCount(lines, column, widths[column] ?? 2));
        return 100 * Math.max(...heights) + sum(heights);
      }),
    );
}

function lineCounter(hang: number) {
  const known = new Map<Lines, number[]>();
  return (lines: Lines, column: number, width: number): number => {
    const byWidth = known.get(lines) ?? [];
    known.set(lines, byWidth);
    byWidth[width] ??= sum(lines.map((line) => wrap(line, width, column === 0 ? 0 : hang).length));
    return byWidth[width];
  };
}

/** Every way of moving up to `reach` terminal columns from one column to another. */
function* neighbours(widths: readonly number[], columns: readonly Column[], reach = 12): Generator<number[]> {
  for (const from of widths.keys()) {
    for (const to of widths.keys()) {
      if (from === to) continue;
      for (let moved = 1; moved <= reach; moved++) {
        const next = widths.with(from, (widths[from] ?? 0) - moved).with(to, (widths[to] ?? 0) + moved);
        if ((next[from] ?? 0) < (columns[from]?.minimum ?? 1)) break;
        yield next;
      }
    }
  }
}

/** A sentence in a column narrower than this would be a ladder of single words. */
const leastProse = 12;

/**
 * Widths for cells of several lines; null if columns would be too narrow. It starts from equal shares and moves room to
 * where it saves lines, until no move saves any.
 */
export function proseWidths(
  head: WidthRow,
  body: readonly WidthRow[],
  available: number,
  hang: number,
): number[] | null {
  const columns = columnsOf(head, body, false);
  if (sum(naturals(columns)) <= available) return naturals(columns);
  const least = minimums(columns);
  const rest = available - sum(least);
  if (available < leastProse * head.length) return null;
  if (rest < 0) return squeeze(columns, available);
  const cost = costOf([head, ...body], lineCounter(hang));
  let best = least.map((minimum, index) => minimum + Math.floor((rest + index) / least.length));
  for (;;) {
    const before = cost(best);
    const [better] = [...neighbours(best, columns)]
      .map((widths) => ({ widths, cost: cost(widths) }))
      .filter((one) => one.cost < before)
      .sort((a, b) => a.cost - b.cost);
    if (better === undefined) return best;
    best = better.widths;
  }
}
