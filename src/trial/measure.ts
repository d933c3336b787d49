/**
 * One trial: reach the target, connect, warm up, run, settle, assess. All of it is the same for every transport and
 * scenario; what differs comes in as values.
 */

import { setMaxListeners } from 'node:events';
import { type Clock, realClock } from '../base/clock.ts';
import { CannotConnect, CannotRun, otherRuntime } from '../base/failure.ts';
import { joinSignals } from '../base/joined-signal.ts';
import { loadLibraries } from '../base/libraries.ts';
import { foreignRuntime } from '../base/platform.ts';
import { weighMemory } from '../base/resources.ts';
import { inEveryLanguage } from '../base/text.ts';
import type { Trial } from '../document/report.ts';
import type { Book } from '../metrics/book.ts';
import { openPath, type Path } from '../network/hop.ts';
import { createKeyLog, recordedTo } from '../protocols/tls/key-log.ts';
import { createTape, type Tape } from '../tap/tape.ts';
import type { Target } from '../target/target.ts';
import { type Assessment, assess } from './assess.ts';
import { bareStream } from './bare-stream.ts';
import { createPageClients, type PageClients } from './browser-clients.ts';
import {
  type Client,
  closeAll,
  createClients,
  partyOf,
  type Stages,
  socketsDialled,
  unseenAmong,
  wiresOf,
} from './clients.ts';
import { type Comings, createComings } from './comings.ts';
import { connectAll, everyoneIsIn } from './connecting.ts';
import { createLab, type TrialLab } from './lab.ts';
import { checkTarget } from './limits.ts';
import type { Party } from './party.ts';
import { forwardingOn, frontOf, hopsOf } from './path-of.ts';
import type { TrialPlan } from './plan.ts';
import type { MemoryStep } from './seen.ts';
import { runSteady, type Steady, timesConnecting, watchProcesses } from './steady.ts';
import { tlsOf } from './whose-server.ts';
import { checkTunnels } from './why-unconnected.ts';

/** A server sends its warm-up at this multiple of the rate; clients send in turn, to open no extra connection. */
const warmupPace = 4;

/**
 * Runs the trial against its own target, which it stops. Throws `CannotRun` if it could not take place:
 * `CannotConnect` if its clients could not connect.
 *
 * @param beforeSteady awaited between warm-up and steady phase: the last moment for work that must not overlap with the
 *   measurement.
 */
export async function measure(
  plan: TrialPlan,
  started: Target,
  beforeSteady: () => Promise<void> = async () => {},
): Promise<Trial> {
  const runtime = foreignRuntime();
  if (runtime) throw new CannotRun(inEveryLanguage(otherRuntime, { runtime }));
  await using target = started;
  checkTarget(plan.scenario, target);
  const front = await frontOf(plan);
  await using path = await openPath(hopsOf(plan, front), target.endpoint);
  const pages = new AbortController();
  using joinedLoss = joinSignals([target.gone, ...path.gone, pages.signal, plan.running?.gone]);
  const { signal: lost } = joinedLoss;
  using joined = joinSignals([plan.signal, lost]);
  const { signal } = joined;
  // Every client listens to it, and there may be thousands.
  setMaxListeners(0, signal, plan.signal, lost);
  const authority = front?.certificate?.cert ?? target.authority;
  const trial = setUp(plan, target, authority, path, signal, pages);
  using _watched = trial.party;
  let unconnected: CannotConnect | null = null;
  try {
    await perform(trial, beforeSteady);
  } catch (error) {
    if (error instanceof CannotConnect) unconnected = error;
    else if (!signal.aborted) throw error;
  } finally {
    await closeAll(trial.clients, trial.stages, plan.timeoutMs, trial.clock);
    await trial.pages?.close();
  }
  // If a process on the way has just died, clients are refused too, maybe before we notice: so ask each process.
  // By a question that opens no file, because a server that refused for lack of files could not answer any other.
  if (unconnected) await Promise.all([target.stats?.mark(), path.resources.mark()]);
  if (lost.aborted) throw lost.reason;
  return await settle(trial, unconnected);
}

/** What the phases of a trial share. */
interface Running {
  readonly plan: TrialPlan;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly target: Target;
  /** PEM of the authority that vouches for the server or proxy that clients reach, over TLS. */
  readonly authority: string | undefined;
  readonly path: Path;
  readonly assessment: Assessment;
  readonly tape: Tape;
  readonly clients: readonly Client[];
  /** Set if the clients are pages of a browser. */
  readonly pages: PageClients | null;
  readonly party: Party & Disposable;
  readonly lab: TrialLab;
  readonly watch: ReturnType<typeof watchProcesses>;
  readonly stages: Stages;
  readonly memory: MemoryStep[];
  readonly comings: Comings;
  warmup: Book | null;
  steady: Steady | null;
}

function setUp(
  plan: TrialPlan,
  target: Target,
  authority: string | undefined,
  path: Path,
  signal: AbortSignal,
  lostPage: AbortController,
): Running {
  const clock = realClock;
  const keyLog = createKeyLog('', true);
  const assessment = assess(plan, keyLog, (connection) =>
    (clients[0]?.dialer.dialled ?? []).some((dialled) => dialled.connection === connection),
  );
  const tape = createTape((chunk) => {
    plan.record?.chunk(chunk);
    assessment.read(chunk);
  });
  // A recording of the bytes needs the TLS secrets as well.
  const secrets = plan.record ? recordedTo(keyLog, plan.record.secrets) : keyLog;
  const tls = tlsOf(authority, target, secrets);
  const pages = plan.running
    ? createPageClients(plan.running, plan, path.endpoint, { clock, tape, keyLog: secrets, gone: lostPage })
    : null;
  const clients =
    pages?.clients ??
    createClients(plan.load.clients, path.endpoint, clock, tape, { tls, forwarding: forwardingOn(path) });
  const party = partyOf(clients, plan, clock, signal);
  const lab = createLab({
    ...plan,
    clock,
    signal,
    target,
    wires: wiresOf(clients),
    link: path.link,
    clockErrorNs: pages?.errorNs,
  });
  return {
    plan,
    clock,
    signal,
    target,
    authority,
    path,
    assessment,
    tape,
    clients,
    pages,
    party,
    lab,
    watch: watchProcesses(party, path, target),
    stages: new Map(),
    memory: [],
    comings: createComings(clock, clients.length),
    warmup: null,
    steady: null,
  };
}

/** Connects, warms up and runs the steady phase; stores the results in `trial`. */
async function perform(trial: Running, beforeSteady: () => Promise<void>) {
  const { plan, clock, signal, target, lab, party, watch } = trial;
  const library = await loadLibraries(plan.transport.libraries);
  if (timesConnecting(plan)) await watch.mark();
  await connectAll(trial.clients, { ...trial, endpoint: trial.path.origin, library }, async (connected) => {
    const there = await target.memory?.();
    const here = weighMemory();
    trial.memory.push({
      clients: connected,
      serverBytes: there?.heapBytes ?? null,
      clientBytes: here.heapBytes,
    });
  });
  await everyoneIsIn(plan, isIn(trial.clients), target, clock, signal);
  const { warmup: messages, rate } = plan.load;
  if (messages > 0)
    trial.warmup = await lab.phase({ phase: 'warmup', messages, rate: rate * warmupPace, durationMs: null });
  checkTunnels(trial.clients, plan, lab.messages.down);
  await beforeSteady();
  const steady = await runSteady(plan, clock, watch, party, lab, signal);
  checkTunnels(trial.clients, plan, lab.messages.down);
  trial.steady = steady;
}

/** Number of connected clients: in some scenarios clients may stay out. */
const isIn = (clients: readonly Client[]) => clients.filter(({ connection }) => connection !== null).length;

/** After everything is closed: returns the trial, or throws why clients could not connect. */
async function settle(trial: Running, unconnected: CannotConnect | null): Promise<Trial> {
  const { plan, clients, tape, assessment, path, watch } = trial;
  // If connecting is timed, closing is too: so the resources are read only now.
  const steady =
    trial.steady && timesConnecting(plan) ? { ...trial.steady, resources: await watch.read() } : trial.steady;
  const far = await trial.target.weighed?.();
  // Only now: its bytes do not belong to the trial.
  const bare = steady && (await bareStream(plan, path, trial.target, trial.clock));
  tape.drain();
  if (unconnected) throw answered(unconnected, assessment.refusal());
  return assessment.trial({
    ...trial,
    steady,
    far,
    bare,
    endpoint: path.origin,
    unseen: unseenAmong(clients),
    socketsDialled: socketsDialled(clients),
    notes: tape.drainedEarly() > 0 ? [{ kind: 'tape-drained', value: tape.drainedEarly() }] : [],
  });
}

/** Adds the status of the response that refused: libraries word it differently, or do not report it. */
const answered = ({ told, found }: CannotConnect, status: number | null): CannotConnect =>
  new CannotConnect(told, { ...found, status: found.outcome === 'refused' ? status : null });
