/**
 * Gathers the evidence that claims need: runs their experiments and probes, each once, however many claims ask for it.
 * Timed experiments run alone; those that only count run side by side.
 */

import type { Trial } from '../../document/report.ts';
import type { Over } from '../../protocols/over.ts';
import { asEvidence, measureAgain, spoiled, type Wish } from '../../run/again.ts';
import { byProcess, type ServerAhead, serverAhead } from '../../run/ahead.ts';
import { startServers, together } from '../../run/beside.ts';
import { checkFiles } from '../../trial/limits.ts';
import { expectedMs } from '../../trial/plan.ts';
import { type Evidence, type Experiment, experiments, type ProtocolEvidence } from '../claims/evidence.ts';
import type { Fact } from '../probes/fact.ts';
import { type ProbeName, probes } from '../probes/index.ts';
import { type ExperimentTrial, trialsOf } from './experiments.ts';

export interface GatheringStage {
  readonly index: number;
  readonly total: number;
  /** What is running now. */
  readonly name: string;
  readonly leftMs: number;
}

export interface Gathering {
  readonly quick: boolean;
  /** How often a spoiled trial is repeated, at most; two by default. */
  readonly again?: number;
  /** What HTTP goes over: the experiments are made over each of them, probes over HTTP/1.1. */
  readonly overs?: readonly Over[];
  readonly signal: AbortSignal;
  readonly onStage: (stage: GatheringStage) => void;
}

export interface Gathered {
  /** The evidence of the first protocol; `carriages` has that of each. */
  readonly evidence: Evidence;
  readonly carriages: readonly ProtocolEvidence[];
  /** Trials so noisy that they must be read with care, or not at all. */
  readonly doubtful: readonly Trial[];
}

/** Several trials or probes that run at the same time, and how long that takes. */
interface Step {
  readonly name: string;
  readonly ms: number;
  readonly run: () => Promise<void>;
}

/** What has been found out so far. */
interface Found {
  readonly trials: Map<Experiment, Trial[]>;
  readonly probed: Fact[];
  readonly doubtful: Trial[];
}

type Served = Pick<Wish, 'server' | 'start' | 'beforeSteady'>;
type MeasureOne = (trial: ExperimentTrial, served?: Served) => Promise<void>;

/** Measures a trial and keeps what can be used of it. */
const measureInto =
  ({ trials, doubtful }: Found, { again, signal }: Gathering): MeasureOne =>
  async ({ experiment, plan, beside }, served = {}) => {
    const { made } = await measureAgain(plan, {
      spoils: beside || !plan.scenario.timed ? spoiled.counts : spoiled.times,
      most: again === undefined ? undefined : 1 + again,
      ...served,
    });
    // Trials side by side are read for counts, which noise cannot change.
    if (made.verdict === 'invalid' || (made.verdict === 'noisy' && !beside)) doubtful.push(made);
    const counted = asEvidence(made);
    // A trial that was broken off is no evidence either.
    if (counted === null || signal.aborted) return;
    trials.set(experiment, [...(trials.get(experiment) ?? []), counted]);
  };

/**
 * Outages, and clients that look for their server among several, wait for seconds and are read for counts, so all of
 * them wait together. Meanwhile, once the servers of the outages have started, the other trials that need no quiet run
 * one by one.
 */
function besideStep(trials: readonly ExperimentTrial[], one: MeasureOne): Step[] {
  if (trials.length === 0) return [];
  const outages = trials.filter(({ plan }) => plan.scenario.breaksLink);
  const amongServers = trials.filter(({ plan }) => plan.scenario.cluster !== undefined);
  const waiting = [...outages, ...amongServers];
  const meanwhile = trials.filter((trial) => !waiting.includes(trial));
  const inTurnMs = meanwhile.reduce((sum, trial) => sum + expectedMs(trial.plan), 0);
  return [
    {
      name: [...new Set(trials.map(({ experiment }) => experiment))].join(', '),
      ms: Math.max(inTurnMs, ...waiting.map(({ plan }) => expectedMs(plan))) + waiting.length * 100,
      async run() {
        const servers = await startServers(outages.map(({ plan }) => plan));
        const inTurn = async () => {
          for (const trial of meanwhile) await one(trial);
        };
        await together([
          inTurn(),
          ...outages.map((trial, index) => one(trial, { server: servers[index] })),
          ...amongServers.map((trial) => one(trial)),
        ]);
      },
    },
  ];
}

/** One after the other; the server of the next one starts meanwhile. */
function aloneSteps(trials: readonly ExperimentTrial[], servers: ServerAhead, one: MeasureOne): Step[] {
  const order = byProcess(trials, ({ plan }) => plan);
  return order.map((trial, index) => ({
    name: nameOf(trial),
    ms: expectedMs(trial.plan),
    async run() {
      const server = await servers.take(trial.plan);
      const preparing = servers.prepare(order.slice(index + 1).map(({ plan }) => plan));
      await one(trial, { server, start: servers.start, beforeSteady: () => preparing });
    },
  }));
}

/** Probes first, which are quick; then the timed trials, each alone; then those that run side by side. */
function stepsOf(needs: Needs, { planned, found, servers, one }: Making): Step[] {
  const asked = (Object.keys(probes) as ProbeName[]).filter((name) => needs.includes(name));
  return [
    ...asked.map((name) => ({
      name,
      ms: 50,
      run: async () => void found.probed.push(...(await probes[name]())),
    })),
    ...aloneSteps(
      planned.filter(({ beside }) => !beside),
      servers,
      one,
    ),
    // Outages of one protocol at a time: each has a server process of its own.
    ...[...new Set(planned.map(({ plan }) => plan.over))].flatMap((over) =>
      besideStep(
        planned.filter(({ plan, beside }) => beside && plan.over === over),
        one,
      ),
    ),
  ];
}

const nameOf = ({ experiment, plan: { transport, over } }: ExperimentTrial) =>
  `${experiment}: ${transport.name}${over === 'http' ? '' : `, ${over}`}`;

interface Making {
  readonly planned: readonly ExperimentTrial[];
  readonly found: Found;
  readonly servers: ServerAhead;
  readonly one: MeasureOne;
}

type Needs = readonly (Experiment | ProbeName)[];

export async function gather(needs: Needs, gathering: Gathering): Promise<Gathered> {
  const { quick, signal, onStage, overs = ['http'] } = gathering;
  const found: Found = { trials: new Map(), probed: [], doubtful: [] };
  const planned = overs.flatMap((over) =>
    experiments
      .filter((experiment) => needs.includes(experiment))
      .flatMap((experiment) => trialsOf(experiment, quick, signal, over)),
  );
  for (const { plan } of planned) checkFiles(plan);
  await using servers = serverAhead();
  const one = measureInto(found, gathering);
  const steps = stepsOf(overs.includes('http') ? needs : [], { planned, found, servers, one });
  for (const [index, step] of steps.entries()) {
    if (signal.aborted) break;
    const leftMs = steps.slice(index).reduce((sum, { ms }) => sum + ms, 0);
    onStage({ index, total: steps.length, name: step.name, leftMs });
    await step.run();
  }
  const carriages = overs.map((over) => ({ over, evidence: evidenceOver(over, found) }));
  return {
    doubtful: found.doubtful,
    evidence: carriages[0]?.evidence ?? evidenceOver('http', found),
    carriages,
  };
}

function evidenceOver(over: Over, found: Found): Evidence {
  const trials = (experiment: Experiment) =>
    (found.trials.get(experiment) ?? []).filter((trial) => trial.over === over);
  const byTransport = (experiment: Experiment) =>
    new Map(trials(experiment).map((trial) => [trial.transport, trial]));
  return {
    keepAlive: true,
    echo: byTransport('echo'),
    push: byTransport('push'),
    trials,
    probed: over === 'http' ? found.probed : [],
  };
}
