/**
 * Every row of the documents' tables, measured by the site with simulated clients: the same trials and probes as in
 * `rtcompare claims --quick`, with servers of their own, while no race disturbs them. The result is kept for all pages.
 */
import { type Evidence, type Experiment, experiments } from '../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../questions/claims/index.ts';
import { trialsOf } from '../../questions/evidence/experiments.ts';
import { gather } from '../../questions/evidence/gather.ts';
import type { ProbeName } from '../../questions/probes/index.ts';
import { expectedMs } from '../../trial/plan.ts';
import type { FillState } from '../page/tables-talk.ts';

type Stage = Omit<Extract<FillState, { phase: 'measuring' }>, 'phase'>;

/** Rejects if nothing could be measured. */
export type MeasureRows = (
  signal: AbortSignal,
  tell: (stage: Stage) => void,
  log: (line: string) => void,
) => Promise<Evidence>;

type Need = Experiment | ProbeName;

/** All experiments and probes that the rows' verdicts need, each once. */
const needs: readonly Need[] = [
  ...new Set([...tableA, ...tableB].flatMap(({ judgement }) => judgement.needs)),
];

/** Quick: a class waits for it. */
const quick = true;
/** Expected time of a probe, which starts a server or two and sends a few requests. */
const probeMs = 100;

function plannedMs(need: Need, signal: AbortSignal): number {
  const experiment = experiments.find((one) => one === need);
  if (!experiment) return probeMs;
  const plans = trialsOf(experiment, quick, signal).map(({ plan }) => plan);
  const lengths = plans.map(expectedMs);
  // Trials that break the link run at the same time.
  return plans.some(({ scenario }) => scenario.breaksLink)
    ? Math.max(...lengths)
    : lengths.reduce((sum, ms) => sum + ms, 0);
}

/** Measures one after the other, the quickest first, so that one that fails on this machine spares the other rows. */
export const measureRows: MeasureRows = async (signal, tell, log) => {
  const planned = needs.map((need) => ({ need, ms: plannedMs(need, signal) })).sort((a, b) => a.ms - b.ms);
  const found: Evidence[] = [];
  for (const [done, { need }] of planned.entries()) {
    if (signal.aborted) break;
    const laterMs = planned.slice(done + 1).reduce((sum, { ms }) => sum + ms, 0);
    const onStage = ({ leftMs }: { leftMs: number }) =>
      tell({ done, total: planned.length, leftMs: leftMs + laterMs });
    try {
      found.push((await gather([need], { quick, signal, onStage })).evidence);
    } catch (error) {
      log(`${need} could not be measured: ${String(error)}`);
    }
  }
  if (found.length === 0) throw new Error('nothing could be measured');
  return together(found);
};

const together = (found: readonly Evidence[]): Evidence => ({
  keepAlive: true,
  echo: new Map(found.flatMap(({ echo }) => [...echo])),
  push: new Map(found.flatMap(({ push }) => [...push])),
  trials: (experiment) => found.flatMap(({ trials }) => trials(experiment)),
  probed: found.flatMap(({ probed }) => probed),
});

export interface Filling {
  state(): FillState;
  /** The latest measurement; null before there is one. */
  evidence(): Evidence | null;
  /** Measures, unless a measurement is under way. */
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
      evidence = await measure(
        leaving.signal,
        (stage) => become({ phase: 'measuring', ...stage }),
        (line) => log(`tables: ${line}`),
      );
      become({ phase: 'filled' });
    } catch (error) {
      log(`tables: ${String(error)}`);
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
