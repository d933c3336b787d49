/** The steady phase of a trial, what is kept of it, and the resources of the processes while times count. */

import type { Clock } from '../base/clock.ts';
import { type Meter, type Resources, spentTogether } from '../base/resources.ts';
import type { Path } from '../network/hop.ts';
import type { Stats, Target } from '../target/target.ts';
import type { PollCount } from '../transports/transport.ts';
import type { TrialLab } from './lab.ts';
import type { Crossing, Party } from './party.ts';
import type { TrialPlan } from './plan.ts';
import type { MeasuredPhase } from './seen.ts';

/** What each process on the way of a message has spent. */
interface Spent {
  /** Null for a browser, whose resources are not measured. */
  readonly client: Resources | null;
  /** Null if the target cannot be asked. */
  readonly server: Stats | null;
  /** By the names of the hops between them. */
  readonly hops: Readonly<Record<string, Resources>>;
}

/** Measures all of them over one window: the one in which times count. */
export const watchProcesses = (party: Party, path: Path, { stats }: Target): Meter<Spent> => ({
  async mark() {
    await Promise.all([stats?.mark(), path.resources.mark()]);
    // Last, so that it does not count the work of asking the others.
    await party.resources.mark();
  },
  async read() {
    const ours = await party.resources.read();
    const [stated, hops] = await Promise.all([stats?.read(), path.resources.read()]);
    const server = stated ?? null;
    if (party.spentBy === 'clients') return { client: ours, server, hops };
    return {
      client: null,
      server,
      hops: { ...hops, relay: hops.relay ? spentTogether(hops.relay, ours) : ours },
    };
  },
});

/** If clients connect in turn, their connecting and leaving is timed; else only times of the steady phase count. */
export const timesConnecting = ({ scenario }: TrialPlan): boolean => scenario.connecting === 'in-turn';

/** The steady phase, with what was read at its start and end. */
export interface Steady extends MeasuredPhase {
  readonly endNs: readonly number[];
  readonly polls: readonly (PollCount | null)[];
  readonly pollGrids: readonly Crossing['pollGrid'][];
  readonly resources: Spent;
  /** Whether it was interrupted: the book then has only a part of what was planned. */
  readonly interrupted: boolean;
}

export async function runSteady(
  plan: TrialPlan,
  clock: Clock,
  watch: Meter<Spent>,
  party: Party,
  lab: TrialLab,
  signal: AbortSignal,
): Promise<Steady> {
  if (!timesConnecting(plan)) await watch.mark();
  const start = await party.enter('steady');
  const messages = { ...lab.messages };
  const began = clock.now();
  const { messages: count, rate, durationMs: limitMs } = plan.load;
  const book = await lab.phase({ phase: 'steady', messages: count, rate, durationMs: limitMs });
  const interrupted = signal.aborted;
  const resources = await watch.read();
  const durationMs = (clock.now() - began) / 1e6;
  const end = await party.enter('teardown');
  return {
    book,
    startNs: start.map(({ atNs }) => atNs),
    endNs: end.map(({ atNs }) => atNs),
    polls: end.map(({ polls }, index) => difference(polls, start[index]?.polls ?? null)),
    pollGrids: end.map(({ pollGrid }) => pollGrid),
    messages: { up: lab.messages.up - messages.up, down: lab.messages.down - messages.down },
    resources,
    durationMs,
    interrupted,
  };
}

const difference = (after: PollCount | null, before: PollCount | null): PollCount | null =>
  after && before
    ? {
        made: after.made - before.made,
        empty: after.empty - before.empty,
        skipped: after.skipped - before.skipped,
      }
    : null;
