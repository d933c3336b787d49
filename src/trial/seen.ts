/** The observations of a trial from which a scenario computes its own figures. */
import type { Trial } from '../document/report.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Book } from '../metrics/book.ts';
import type { Asking } from './asking.ts';
import type { Breakage } from './breakage.ts';
import type { Coming } from './comings.ts';

/** The memory of each process with this many clients connected. */
export interface MemoryStep {
  readonly clients: number;
  /** Null if the target could not be asked. */
  readonly serverBytes: number | null;
  readonly clientBytes: number;
}

/** The measured phase. */
export interface MeasuredPhase {
  readonly book: Book;
  /** When it began, by client. */
  readonly startNs: readonly number[];
  readonly messages: { readonly up: number; readonly down: number };
  readonly durationMs: number;
}

export interface Observed {
  readonly clients: number;
  readonly steady: MeasuredPhase;
  readonly ledger: Pick<Ledger, 'layers' | 'exchanges' | 'transfers'>;
  readonly breakage: Breakage;
  readonly asking: Asking;
  readonly memory: readonly MemoryStep[];
  /** How each client came to be connected. */
  readonly comings: readonly Coming[];
  /** What `drive` found under this name while it was measured. */
  readonly found: (name: string) => readonly number[];
}

/**
 * The figures of one scenario. New ones go under `figures`, by the names of their metrics; `outage`, `stream`, `idle`
 * and `memory` are older, and have their own places in the report.
 */
export type Findings = Partial<
  Pick<Trial, 'outage' | 'stream' | 'idle' | 'memory' | 'figures' | 'returnedMs'>
>;
