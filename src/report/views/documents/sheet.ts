/** The documents' two tables as plain words, said already: what a page is made from that is projected and printed. */

export type VerdictKind = 'confirmed' | 'refined' | 'contradicted' | 'opinion' | 'unmeasured' | 'noisy';

/** One string for each line of what was measured, and what that makes of the document. */
export interface SheetAnswer {
  readonly measured: readonly string[];
  readonly verdict: {
    readonly kind: VerdictKind;
    readonly text: string;
    /** Under which condition it holds. */
    readonly condition: string | null;
  };
}

export interface SheetRow extends SheetAnswer {
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
  /** Where HTTP went over several protocols, the answer of each; the row's own is that of the first. */
  readonly answers?: readonly (SheetAnswer & { readonly over: string })[];
}

export interface SheetTable {
  readonly title: string;
  /** The row, each of the document's columns; then what was measured and the verdict, or each protocol. */
  readonly head: readonly string[];
  readonly rows: readonly SheetRow[];
}

export interface Sheet {
  readonly title: string;
  readonly conditions: readonly string[];
  readonly tables: readonly SheetTable[];
  /** Where HTTP went over several protocols, for which rows that decides. */
  readonly partings?: readonly string[];
  readonly legend: readonly string[];
}
