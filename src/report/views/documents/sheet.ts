/** The documents' two tables as plain words, said already: what a page is made from that is projected and printed. */

export type VerdictKind = 'confirmed' | 'refined' | 'contradicted' | 'opinion' | 'unmeasured' | 'noisy';

export interface SheetRow {
  readonly id: string;
  readonly title: string;
  /** What the details below each column are; only where there are some. */
  readonly what?: string;
  /** What the document says, a column each, without quotation marks, and what was measured of that side. */
  readonly says: readonly {
    readonly column: string;
    readonly text: string;
    readonly details?: readonly string[];
  }[];
  /** One string for each line. */
  readonly measured: readonly string[];
  readonly verdict: {
    readonly kind: VerdictKind;
    readonly text: string;
    /** Under which condition it holds. */
    readonly condition: string | null;
  };
}

export interface SheetTable {
  readonly title: string;
  /** The row, each of the document's columns, what was measured, the verdict. */
  readonly head: readonly string[];
  readonly rows: readonly SheetRow[];
}

export interface Sheet {
  readonly title: string;
  readonly conditions: readonly string[];
  readonly tables: readonly SheetTable[];
  readonly legend: readonly string[];
}
