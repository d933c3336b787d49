/**
 * Gathers the evidence that claims need: runs their experiments and probes, each once, however many claims ask for
 * it. What is timed runs alone; what only counts runs side by side.
 */

import type { Trial } from '../../document/report.ts';
import { wasOnlyLate } from '../../metrics/verdict.ts';
import { measureAgain } from '../../run/measure-again.ts';
import type { ServerProcess } from '../../target/server-process.ts';
import { checkFiles } from '../../trial/limits.ts';
import { startServer } from '../../trial/measure.ts';
import { expectedMs } from '../../trial/plan.ts';
import { type Evidence, type Experiment, experiments } from '../claims/evidence.ts';
import type { Fact } from '../probes/fact.ts';
import { type ProbeName, probes } from '../probes/index.ts';
import { type ExperimentTrial, trialsOf } from './experiments.ts';

export interface Stage {
  readonly index: number;
  readonly total: number;
  /** What runs now. */
  readonly name: string;
  readonly leftMs: number;
}

export interface Gathering {
  readonly quick: boolean;
  /** How often a spoiled trial is made again, at most; twice unless told. */
  readonly again?: number;
  readonly signal: AbortSignal;
  readonly onStage: (stage: Stage) => void;
}

export interface Gathered {
  readonly evidence: Evidence;
  /** Trials that were too noisy to be read without care, or not at all. */
  readonly doubtful: readonly Trial[];
}

/** Several trials or probes that run at the same time, and how long that takes. */
interface Step {
  readonly name: string;
  readonly ms: number;
  readonly run: () => Promise<void>;
}

/**
 * Outages last for seconds and ask for counts, so all of them go through theirs together; what needs no quiet
 * either goes one by one meanwhile, when their servers have started.
 */
function besideStep(
  trials: readonly ExperimentTrial[],
  one: (trial: ExperimentTrial, server?: ServerProcess) => Promise<void>,
): Step[] {
  if (trials.length === 0) return [];
  const [together, meanwhile] = [true, false].map((breaks) =>
    trials.filter(({ plan }) => plan.scenario.breaksLink === breaks),
  ) as [ExperimentTrial[], ExperimentTrial[]];
  const inTurnMs = meanwhile.reduce((sum, trial) => sum + expectedMs(trial.plan), 0);
  return [
    {
      name: [...new Set(trials.map(({ experiment }) => experiment))].join(', '),
      ms: Math.max(inTurnMs, ...together.map(({ plan }) => expectedMs(plan))) + together.length * 100,
      async run() {
        const servers = await Promise.all(together.map(({ plan }) => startServer(plan)));
        const inTurn = async () => {
          for (const trial of meanwhile) await one(trial);
        };
        await Promise.all([inTurn(), ...together.map((trial, index) => one(trial, servers[index]))]);
      },
    },
  ];
}

/**
 * An invalid trial is no evidence, with one exception: where messages only left too late, what they weighed and how many
 * requests they took is as exact as ever. Its times count as noisy, so no verdict rests on them.
 */
export const asEvidence = (trial: Trial): Trial | null =>
  trial.verdict !== 'invalid' ? trial : wasOnlyLate(trial) ? { ...trial, verdict: 'noisy' } : null;

export async function gather(
  needs: readonly (Experiment | ProbeName)[],
  { quick, again, signal, onStage }: Gathering,
): Promise<Gathered> {
  const trials = new Map<Experiment, Trial[]>();
  const probed: Fact[] = [];
  const doubtful: Trial[] = [];
  const one = async ({ experiment, plan, beside }: ExperimentTrial, server?: ServerProcess) => {
    const trial = await measureAgain(plan, {
      wanted: beside || !plan.scenario.timed ? 'counts' : 'times',
      ...(again === undefined ? {} : { most: again }),
      server,
    });
    // What runs beside others is asked for counts, which noise cannot change.
    if (trial.verdict === 'invalid' || (trial.verdict === 'noisy' && !beside)) doubtful.push(trial);
    const counted = asEvidence(trial);
    // Nor is one that was broken off.
    if (counted === null || signal.aborted) return;
    trials.set(experiment, [...(trials.get(experiment) ?? []), counted]);
  };

  const planned = experiments
    .filter((experiment) => needs.includes(experiment))
    .flatMap((experiment) => trialsOf(experiment, quick, signal));
  for (const { plan } of planned) checkFiles(plan);
  const beside = planned.filter((trial) => trial.beside);
  const asked = (Object.keys(probes) as ProbeName[]).filter((name) => needs.includes(name));
  const steps: Step[] = [
    ...asked.map((name) => ({
      name,
      ms: 50,
      run: async () => void probed.push(...(await probes[name]())),
    })),
    ...planned
      .filter((trial) => !trial.beside)
      .map((trial) => ({
        name: `${trial.experiment}: ${trial.plan.transport.name}`,
        ms: expectedMs(trial.plan),
        run: () => one(trial),
      })),
    ...besideStep(beside, one),
  ];
  for (const [index, step] of steps.entries()) {
    if (signal.aborted) break;
    const leftMs = steps.slice(index).reduce((sum, { ms }) => sum + ms, 0);
    onStage({ index, total: steps.length, name: step.name, leftMs });
    await step.run();
  }
  const byTransport = (experiment: Experiment) =>
    new Map((trials.get(experiment) ?? []).map((trial) => [trial.transport, trial]));
  return {
    doubtful,
    evidence: {
      keepAlive: true,
      echo: byTransport('echo'),
      push: byTransport('push'),
      trials: (experiment) => trials.get(experiment) ?? [],
      probed,
    },
  };
}
