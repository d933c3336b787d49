/**
 * Every row of the documents' tables, measured by the site with simulated clients: the same trials and probes as
 * `rtcompare claims --quick` makes of them, in servers of their own, while no race disturbs them. Kept for all pages.
 */
import type { Evidence } from '../claims/evidence.ts';
import { tableA, tableB } from '../claims/index.ts';
import { gather } from '../evidence/gather.ts';
import type { FillState } from '../web/talk.ts';

type Stage = Omit<Extract<FillState, { phase: 'measuring' }>, 'phase'>;

/** Rejects where something could not be measured at all. */
export type MeasureRows = (signal: AbortSignal, tell: (stage: Stage) => void) => Promise<Evidence>;

/** Quick: a class waits for it. */
export const measureRows: MeasureRows = async (signal, tell) => {
  const needs = new Set([...tableA, ...tableB].flatMap(({ judgement }) => judgement.needs));
  const { evidence } = await gather([...needs], {
    ...{ quick: true, signal },
    onStage: ({ index, total, leftMs }) => tell({ done: index, total, leftMs }),
  });
  return evidence;
};

export interface Filling {
  state(): FillState;
  /** What was measured last. */
  evidence(): Evidence | null;
  /** Measures, unless it is being done. */
  begin(): void;
  end(): Promise<void>;
}

interface Parts {
  readonly measure: MeasureRows;
  readonly changed: () => void;
  readonly log: (line: string) => void;
}

export function createFilling({ measure, changed, log }: Parts): Filling {
  const leaving = new AbortController();
  let state: FillState = { phase: 'empty' };
  let evidence: Evidence | null = null;
  let underway: Promise<void> = Promise.resolve();
  const become = (next: FillState) => {
    state = next;
    if (!leaving.signal.aborted) changed();
  };
  const run = async () => {
    try {
      evidence = await measure(leaving.signal, (stage) => become({ phase: 'measuring', ...stage }));
      become({ phase: 'filled' });
    } catch (error) {
      log(`the rows could not be measured: ${String(error)}`);
      become({ phase: 'failed' });
    }
  };
  return {
    state: () => state,
    evidence: () => evidence,
    begin() {
      if (state.phase === 'measuring') return;
      become({ phase: 'measuring', done: 0, total: 1, leftMs: 0 });
      underway = run();
    },
    async end() {
      leaving.abort();
      await underway;
    },
  };
}
