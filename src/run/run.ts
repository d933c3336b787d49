/**
 * A run: every trial of the plan, one after the other, then one report in the order of the plan. Trials never overlap,
 * or they would disturb each other; only the next server processes are started a little ahead.
 */

import { CannotConnect } from '../base/failure.ts';
import { loadLibraries } from '../base/libraries.ts';
import type { Text } from '../base/text.ts';
import { version } from '../base/version.ts';
import type { Plan, Report, Trial, Unconnected } from '../document/report.ts';
import { worse } from '../metrics/verdict.ts';
import { realIn } from '../network/between.ts';
import type { ChosenProxy } from '../network/proxies/proxy-process.ts';
import { readEnvironment } from '../trial/environment.ts';
import { checkFiles } from '../trial/limits.ts';
import { expectedMs, rowOf, type TrialPlan } from '../trial/plan.ts';
import { measureAgain, spoiled, type Wish } from './again.ts';
import { byProcess, type ServerAhead, serverAhead } from './ahead.ts';
import { browsersFor } from './browsers-for.ts';
import type { Elsewhere } from './elsewhere.ts';
import { summarize } from './summary.ts';

export interface RunProgress {
  readonly index: number;
  readonly total: number;
  readonly plan: TrialPlan;
  /** Estimated time until the end of the run. */
  readonly leftMs: number;
}

export interface Impossible {
  readonly trial: TrialPlan;
  readonly why: Text;
}

export interface Run {
  readonly plan: Plan;
  readonly trials: readonly TrialPlan[];
  /** Trials that were asked for and cannot take place: rows with a reason in place of figures. */
  readonly impossible?: readonly Impossible[];
  /** Other programs that take part, besides proxies and browsers: named in the environment of the report. */
  readonly besides?: readonly { readonly name: string; readonly version: string }[];
  /** Aborting ends the run; the report holds what there is. */
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: RunProgress) => void;
  /** Called between trials with what there is so far. */
  readonly onTrial?: (report: Report) => void;
  /** How often a noisy trial is measured again, at most; 0 by default. */
  readonly again?: number;
  /** Whether a threshold uses this trial's times although its scenario is not timed: then repeated once if noisy. */
  readonly timesWanted?: (trial: TrialPlan) => boolean;
  /** The target, if this run starts no servers of its own. */
  readonly elsewhere?: Elsewhere | undefined;
  /** Given if the first server has been started already; this run ends them. */
  readonly servers?: ServerAhead;
}

/**
 * Runs the plan. A transport that cannot connect is a result like any other. If a trial fails for another reason, its
 * error is thrown with the report of the trials before it attached as `report`.
 */
export async function run({
  plan,
  trials,
  impossible = [],
  besides = [],
  signal,
  onProgress,
  onTrial,
  again = 0,
  timesWanted = () => false,
  elsewhere,
  servers = serverAhead(elsewhere),
}: Run): Promise<Report> {
  await using _ended = servers;
  for (const trial of trials) checkFiles(trial);
  const startedAt = new Date();
  const started = performance.now();
  const done = new Map<TrialPlan, Trial>();
  const unconnected = impossible.map(({ trial, why }) =>
    unconnectedOf(trial, { outcome: 'impossible', status: null, why }),
  );
  const proxies = [
    ...trials.flatMap((trial) => [...realIn(trial), ...(trial.browser ? [trial.browser] : [])]),
    ...besides,
  ];
  const finish = (interrupted: boolean) =>
    report(
      { plan, proxies },
      { done: trials.flatMap((trial) => done.get(trial) ?? []), unconnected },
      startedAt,
      performance.now() - started,
      interrupted,
    );

  await using browsers = await browsersFor(trials);
  const order = byProcess(trials, (trial) => trial);
  for (const [index, planned] of order.entries()) {
    if (signal.aborted) break;
    const trial = { ...planned, running: browsers.of(planned) };
    const leftMs = order.slice(index).reduce((sum, plan) => sum + expectedMs(plan), 0);
    onProgress?.({ index, total: trials.length, plan: trial, leftMs });
    try {
      const wish = { ...wishFor(trial, again, timesWanted(trial)), start: servers.start };
      const made = await makeTrial(trial, { servers, wish, toCome: order.slice(index + 1) });
      done.set(planned, made);
    } catch (error) {
      if (!(error instanceof CannotConnect)) throw Object.assign(error as Error, { report: finish(true) });
      unconnected.push(unconnectedOf(trial, error.found));
    }
    await elsewhere?.stillThere().catch((error: Error) => {
      throw Object.assign(error, { report: finish(true) });
    });
    onTrial?.(finish(false));
  }
  return finish(signal.aborted);
}

/** Measures a trial. Before its steady phase, the servers and libraries of the next trials are started and loaded. */
async function makeTrial(
  trial: TrialPlan,
  { servers, wish, toCome }: { servers: ServerAhead; wish: Wish; toCome: readonly TrialPlan[] },
): Promise<Trial> {
  const loading = loadOf(trial);
  const server = await servers.take(trial);
  await loading;
  // If the time to connect is what is measured, nothing else may run meanwhile.
  const preparing =
    trial.scenario.connecting === 'in-turn'
      ? undefined
      : Promise.all([
          servers.prepare(toCome),
          loadOf(toCome.find(({ transport }) => transport !== trial.transport)),
        ]);
  const { made } = await measureAgain(trial, {
    ...wish,
    server,
    beforeSteady: async () => void (await preparing),
  });
  return made;
}

/** Loads a trial's libraries; a failure is reported when the trial itself loads them. */
const loadOf = async (plan: TrialPlan | undefined) =>
  void (await loadLibraries(plan?.transport.libraries).catch(() => {}));

/** Measures again for noise alone: any other result is reported as it is. */
function wishFor({ scenario }: TrialPlan, again: number, areTimesWanted: boolean): Wish {
  if (scenario.timed) return { spoils: spoiled.times, most: 1 + again };
  // Its own load may be what makes it noisy, and would do so every time.
  return { spoils: spoiled.times, most: areTimesWanted ? 1 + Math.min(again, 1) : 1 };
}

const unconnectedOf = (plan: TrialPlan, { outcome, status, why }: CannotConnect['found']): Unconnected => ({
  ...rowOf(plan),
  outcome,
  status,
  told: why,
});

function report(
  {
    plan,
    proxies,
  }: { readonly plan: Plan; readonly proxies: readonly Pick<ChosenProxy, 'name' | 'version'>[] },
  { done: trials, unconnected }: { readonly done: Trial[]; readonly unconnected: Unconnected[] },
  startedAt: Date,
  durationMs: number,
  interrupted: boolean,
): Report {
  return {
    schemaVersion: 1,
    tool: { name: 'rtcompare', version },
    environment: readEnvironment(proxies),
    plan,
    startedAt: startedAt.toISOString(),
    durationMs,
    interrupted,
    // Without trials there is nothing to read.
    verdict:
      trials.length === 0
        ? 'invalid'
        : trials.reduce<Report['verdict']>((verdict, trial) => worse(verdict, trial.verdict), 'valid'),
    trials,
    unconnected,
    probed: [],
    // The command fills these in when the run has ended: it has the documents and the thresholds.
    documents: [],
    thresholds: [],
    summary: summarize(trials, plan.seed),
  };
}
