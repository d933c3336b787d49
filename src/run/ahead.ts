/**
 * The servers of a run. The next processes are started while an earlier trial warms up, and load their libraries
 * meanwhile. One process serves all scenarios of a transport, one trial after the other; each repeat has a process of
 * its own, or repeats would not be independent of each other.
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
   * If no process started ahead is left, starts the next few that the trials to come need besides the one at work, on
   * all cores at once. Resolves when their servers listen or have failed to: their own trials report that.
   */
  prepare(toCome: readonly TrialPlan[]): Promise<void>;
}

/** Trials with the same key are served by one process; null for a trial whose server has a process of its own. */
function processKey(plan: TrialPlan): string | null {
  const { transport, scenario, repeat, over, browser } = plan;
  // Memory measurements must not include leftovers of an earlier trial; the servers of a cluster come and go together.
  const isAlone =
    scenario.connecting !== 'together' ||
    scenario.needs.includes('outgoing') ||
    clusterIn(plan) !== undefined;
  return isAlone ? null : JSON.stringify([transport.server, repeat, over, browser?.name]);
}

/** In the order in which they are run: trials of one process follow each other. */
export function byProcess<One>(all: readonly One[], planOf: (one: One) => TrialPlan): One[] {
  const groups = new Map<string | One, One[]>();
  for (const one of all) {
    const key = processKey(planOf(one)) ?? one;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flat();
}

/** Bounded by memory: each idle process takes some 60 MB until its trials come. */
const mostAhead = 3;

interface Process {
  readonly key: string;
  readonly host: ServerHost;
}

/** The first trial of each of the next processes. A trial whose process is its own is started ahead alone. */
function nextAfter(atWork: string | undefined, toCome: readonly TrialPlan[]): TrialPlan[] {
  const firsts: TrialPlan[] = [];
  const keys = new Set<string | null>(atWork === undefined ? [] : [atWork]);
  for (const plan of toCome) {
    const key = processKey(plan);
    if (key !== null && keys.has(key)) continue;
    // A fixed port cannot be taken twice.
    const mayBeOpened = plan.port === 0 && !plan.signal.aborted;
    if (!mayBeOpened || firsts.length === mostAhead || (key === null && firsts.length > 0)) break;
    firsts.push(plan);
    if (key === null) break;
    keys.add(key);
  }
  return firsts;
}

/** Whether a server that was opened for one trial may serve the other first. */
const isFor = (opened: TrialPlan, plan: TrialPlan): boolean =>
  processKey(opened) === processKey(plan) && opened.transport.server === plan.transport.server;

interface Opened {
  /** The trial it was opened for. */
  readonly plan: TrialPlan;
  readonly target: Promise<Target>;
  /** Set if it may serve later trials too. */
  readonly process: Process | undefined;
}

/** @param elsewhere starts the servers if they are not this run's own; then none is started ahead. */
export function serverAhead(elsewhere?: Elsewhere): ServerAhead {
  let atWork: Process | undefined;
  let ahead: Opened[] = [];

  async function change(to: Process | undefined) {
    const before = atWork;
    atWork = to;
    await before?.host[Symbol.asyncDispose]();
  }

  /** Starts a server in a process of its own. */
  function open(plan: TrialPlan): Opened {
    const key = processKey(plan);
    const process = key === null ? undefined : { key, host: startHostFor(plan) };
    const target = process ? startServerIn(process.host, plan) : startServer(plan);
    // A failure is reported where the target is awaited, which may be later.
    target.catch(() => {});
    return { plan, target, process };
  }

  async function adopt({ target, process }: Opened): Promise<Target> {
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
      const [next, ...others] = ahead;
      if (!next || !isFor(next.plan, plan)) return start(plan);
      ahead = others;
      return adopt(next);
    },
    async prepare(toCome) {
      if (elsewhere) return;
      if (ahead.length === 0) ahead = nextAfter(atWork?.key, toCome).map(open);
      await Promise.all(ahead.map(({ target }) => target.catch(() => {})));
    },
    async [Symbol.asyncDispose]() {
      const unused = ahead;
      ahead = [];
      await Promise.all(
        unused.map(async ({ target, process }) => {
          const running = await target.catch(() => undefined);
          await running?.[Symbol.asyncDispose]();
          await process?.host[Symbol.asyncDispose]();
        }),
      );
      await change(undefined);
    },
  };
}
