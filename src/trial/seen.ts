/** What a trial has seen when its clock has stopped, as far as a scenario reads its own figures off it. */
import type { Trial } from '../document/report.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Book } from '../metrics/book.ts';
import type { Asking } from './asking.ts';
import type { Breakage } from './breakage.ts';
import type { Coming } from './comings.ts';

/** What each process held on to with this many clients connected. */
export interface MemoryStep {
  readonly clients: number;
  /** Null where nobody can ask the target. */
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
 * The figures that one scenario asks for. What is new goes under `figures`, by the names of its metrics; `outage`, `stream`,
 * `idle` and `memory` are older, and have places of their own in the report.
 */
export type Findings = Partial<
  Pick<Trial, 'outage' | 'stream' | 'idle' | 'memory' | 'figures' | 'returnedMs'>
>;
