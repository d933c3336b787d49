/** The documents' two tables in their final words: a page to project and to print is made from it. */

export type VerdictKind = 'confirmed' | 'refined' | 'contradicted' | 'opinion' | 'unmeasured' | 'noisy';

/** What was measured, one string a line, and the verdict on the document. */
export interface SheetAnswer {
  readonly measured: readonly string[];
  readonly verdict: {
    readonly kind: VerdictKind;
    readonly text: string;
    /** The condition under which it holds. */
    readonly condition: string | null;
  };
}

export interface SheetRow extends SheetAnswer {
  readonly id: string;
  readonly title: string;
  /** What the details below each column are; missing if there are none. */
  readonly what?: string;
  /**
   * What the document says, one entry for each of its columns, without quotation marks; and what was measured of that
   * side.
   */
  readonly says: readonly {
    readonly column: string;
    readonly text: string;
    readonly details?: readonly string[];
  }[];
  /** If HTTP went over several protocols, the answer of each; the row's own answer is that of the first. */
  readonly answers?: readonly (SheetAnswer & { readonly over: string })[];
}

export interface SheetTable {
  readonly title: string;
  /**
   * The head of the row, then of each of the document's columns; then of what was measured and the verdict, or of each
   * protocol.
   */
  readonly head: readonly string[];
  readonly rows: readonly SheetRow[];
}

export interface Sheet {
  readonly title: string;
  readonly conditions: readonly string[];
  readonly tables: readonly SheetTable[];
  /** If HTTP went over several protocols, the rows whose verdict depends on the protocol. */
  readonly partings?: readonly string[];
  readonly legend: readonly string[];
}
