/** The messages between page and site about the documents' tables and a recorded run: shapes, no code. */

/** With fewer samples a median says little, so the table names no leader. */
export const fewestSamples = 20;

/** Whose figures fill the documents' tables: this page's own, or the bots' that the site has measured. */
export const tableSources = ['browser', 'bots'] as const;

export type TableSource = (typeof tableSources)[number];

/** The site's progress in measuring every row. */
export type FillState =
  | { readonly phase: 'empty' | 'filled' | 'failed' }
  | { readonly phase: 'measuring'; readonly done: number; readonly total: number; readonly leftMs: number };

/** A cell is its lines. */
export interface DocumentTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly (readonly string[])[])[];
  readonly notes: readonly string[];
}

/** What one page has measured in one lane, in milliseconds; null if there were too few samples. */
export interface Times {
  readonly count: number;
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** A lane of a recorded run. */
export interface RecordedLane {
  readonly scenario: string;
  readonly transport: string;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly requests: number;
  readonly connections: number;
  readonly lost: number;
  readonly layers: Readonly<Record<string, number>>;
}

export interface RecordedTables {
  readonly name: string;
  readonly link: string;
  readonly startedAt: string;
  readonly lanes: readonly RecordedLane[];
}
