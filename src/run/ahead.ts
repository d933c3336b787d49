/**
 * The servers of a run. The next process is started while a trial before it warms up: it loads its libraries meanwhile. One
 * process serves all scenarios of a transport, one trial after the other; each repeat has a process of its own, or repeats
 * would not be independent of each other.
 */

import type { ServerHost } from '../target/server-process.ts';
import type { Target } from '../target/target.ts';
import type { TrialPlan } from '../trial/plan.ts';
import { clusterIn, startHostFor, startServer, startServerIn } from '../trial/server-of.ts';
import type { Elsewhere } from './elsewhere.ts';

export interface ServerAhead extends AsyncDisposable {
  /** The one that was started ahead, or a new one. */
  take(plan: TrialPlan): Promise<Target>;
  /** A new one. */
  start(plan: TrialPlan): Promise<Target>;
  /**
   * Starts the first process that the trials to come need beside the one at work. Resolves when its server listens, or
   * cannot: its own trial will report that.
   */
  prepare(toCome: readonly TrialPlan[]): Promise<void>;
}

/** Trials with the same key are served by one process; null for a trial whose server shares with none. */
function processKey(plan: TrialPlan): string | null {
  const { transport, scenario, repeat, over, browser } = plan;
  // Where memory is weighed, nothing of an earlier trial may lie; several servers come and go together.
  const isAlone =
    scenario.connecting !== 'together' ||
    scenario.needs.includes('outgoing') ||
    clusterIn(plan) !== undefined;
  return isAlone ? null : JSON.stringify([transport.server, repeat, over, browser?.name]);
}

/** In the order in which they are made: trials of one process follow each other. */
export function byProcess<One>(all: readonly One[], planOf: (one: One) => TrialPlan): One[] {
  const groups = new Map<string | One, One[]>();
  for (const one of all) {
    const key = processKey(planOf(one)) ?? one;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flat();
}

interface Process {
  readonly key: string;
  readonly host: ServerHost;
}

/** @param elsewhere has them where they are not of this machine; there one comes after the other. */
export function serverAhead(elsewhere?: Elsewhere): ServerAhead {
  let atWork: Process | undefined;
  let ahead: { readonly target: Promise<Target>; readonly process: Process | undefined } | undefined;

  async function change(to: Process | undefined) {
    const before = atWork;
    atWork = to;
    await before?.host[Symbol.asyncDispose]();
  }

  /** Starts a server in a process of its own; `process` is the one that may serve more trials than this. */
  function open(plan: TrialPlan): NonNullable<typeof ahead> {
    const key = processKey(plan);
    const process = key === null ? undefined : { key, host: startHostFor(plan) };
    const target = process ? startServerIn(process.host, plan) : startServer(plan);
    // That it failed is told where the target is awaited, which may be later.
    target.catch(() => {});
    return { target, process };
  }

  async function adopt({ target, process }: NonNullable<typeof ahead>): Promise<Target> {
    await change(process);
    return target;
  }

  async function start(plan: TrialPlan): Promise<Target> {
    if (elsewhere) return elsewhere.start(plan);
    const isAtWork = atWork?.host.isThere() && atWork.key === processKey(plan);
    return isAtWork && atWork ? startServerIn(atWork.host, plan) : adopt(open(plan));
  }

  return {
    start,
    async take(plan) {
      const taken = ahead;
      if (!taken || (taken.process?.key ?? null) !== processKey(plan)) return start(plan);
      ahead = undefined;
      return adopt(taken);
    },
    async prepare(toCome) {
      const next = toCome.find((plan) => atWork === undefined || processKey(plan) !== atWork.key);
      // A fixed port cannot be taken twice.
      if (elsewhere || next?.port !== 0 || next.signal.aborted) return;
      ahead ??= open(next);
      await ahead.target.catch(() => {});
    },
    async [Symbol.asyncDispose]() {
      const target = await ahead?.target.catch(() => undefined);
      await target?.[Symbol.asyncDispose]();
      await ahead?.process?.host[Symbol.asyncDispose]();
      ahead = undefined;
      await change(undefined);
    },
  };
}
