/** The steady phase of a trial, what is kept of it, and the watch over the processes while times count. */

import type { Clock } from '../base/clock.ts';
import { type Resources, watchResources } from '../base/resources.ts';
import type { Book } from '../metrics/book.ts';
import type { RelayProcess } from '../network/relay-process.ts';
import type { ServerProcess, Stats } from '../target/server-process.ts';
import type { PollCount } from '../transports/transport.ts';
import { type Client, crossInto } from './clients.ts';
import type { TrialLab } from './lab.ts';
import type { TrialPlan } from './plan.ts';

/** What each process held on to with this many clients connected. */
export interface MemoryStep {
  readonly clients: number;
  readonly serverBytes: number;
  readonly clientBytes: number;
}

/** Of each process on the way of a message; a relay is there only where a link is emulated. */
interface Spent {
  readonly client: Resources;
  readonly server: Stats;
  readonly relay?: Resources;
}

export interface ProcessWatch extends Disposable {
  /** Begins the window in which times count. */
  begin(): Promise<void>;
  read(): Promise<Spent>;
}

export function watchProcesses(server: ServerProcess, relay: RelayProcess | null): ProcessWatch {
  const here = watchResources();
  return {
    async begin() {
      await Promise.all([server.mark(), relay?.mark()]);
      here.reset();
    },
    async read() {
      const client = here.read();
      const [there, between] = await Promise.all([server.stats(), relay?.resources()]);
      return { client, server: there, ...(between && { relay: between }) };
    },
    [Symbol.dispose]: () => here[Symbol.dispose](),
  };
}

/** Where clients come in turn, their coming and going is what is timed; else only times of the steady phase count. */
export const timesConnecting = ({ scenario }: TrialPlan): boolean => scenario.connecting === 'in-turn';

/** What the trial saw at the two ends of its steady phase. */
export interface Steady {
  readonly book: Book;
  readonly startNs: readonly number[];
  readonly endNs: readonly number[];
  readonly polls: readonly (PollCount | null)[];
  readonly messages: { up: number; down: number };
  readonly resources: Spent;
  readonly durationMs: number;
  /** Whether it was ended from outside: the book then has only a part of what was planned. */
  readonly interrupted: boolean;
}

export async function runSteady(
  plan: TrialPlan,
  clock: Clock,
  watch: ProcessWatch,
  clients: readonly Client[],
  lab: TrialLab,
  signal: AbortSignal,
): Promise<Steady> {
  if (!timesConnecting(plan)) await watch.begin();
  const start = await crossInto('steady', clients, clock, plan.timeoutMs, signal);
  const messages = { ...lab.messages };
  const began = clock.now();
  const { messages: count, rate, durationMs: limitMs } = plan.load;
  const book = await lab.phase({ phase: 'steady', messages: count, rate, durationMs: limitMs });
  const interrupted = signal.aborted;
  const resources = await watch.read();
  const durationMs = (clock.now() - began) / 1e6;
  const end = await crossInto('teardown', clients, clock, plan.timeoutMs, signal);
  return {
    book,
    startNs: start.map(({ atNs }) => atNs),
    endNs: end.map(({ atNs }) => atNs),
    polls: end.map(({ polls }, index) => difference(polls, start[index]?.polls ?? null)),
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
