/**
 * What every skin receives: blocks of plain values, already worded and formatted, not yet laid out. A skin knows
 * borders, widths and escapes, and nothing about transports.
 */

/** Each string is one line of the cell; skins may wrap it, but never join it with the next. */
export type Cell = string | readonly string[];

export type Align = 'left' | 'right';

/** The document is right; right under a condition; wrong; or there is nothing to judge. */
export type Tone = 'good' | 'mixed' | 'bad' | 'plain';

export interface Table {
  readonly title: string;
  /** Sentences below the table: legend, losses. */
  readonly notes: readonly string[];
  /** `figures`: short values to compare down a column. `prose`: cells of several lines, ruled off. */
  readonly shape: 'figures' | 'prose';
  /** No blank line between title and head. */
  readonly dense?: true;
  readonly head: readonly Cell[];
  readonly align: readonly Align[];
  readonly rows: readonly (readonly Cell[])[];
  /** Rows to compare with, ruled off below the others. */
  readonly references?: readonly (readonly Cell[])[];
  /**
   * The judgement in the last cell of each row, references included: where there is colour, the cell's first line is
   * coloured by it and the lines below are bold. Without colour the cell says the same.
   */
  readonly tones?: readonly Tone[];
}

/** Points to draw, one series per transport; the table above has the title. */
export interface Chart {
  readonly xLabel: string;
  readonly yLabel: string;
  /** Printed at an axis that is logarithmic. */
  readonly logarithmic: string;
  /** Labels along the lower axis, as they are printed. */
  readonly ticks: readonly (readonly [at: number, label: string])[];
  readonly series: readonly {
    readonly name: string;
    readonly points: readonly (readonly [at: number, value: number])[];
  }[];
  /** The word for the mark that several series share at one point. */
  readonly shared: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly strong?: boolean }
  | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'chart'; readonly chart: Chart };

export const linesOf = (cell: Cell): readonly string[] => (typeof cell === 'string' ? [cell] : cell);
