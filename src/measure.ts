/**
 * One trial: serve, connect, warm up, run, settle, weigh. Everything here happens for every transport and every
 * scenario alike; what differs comes in as values.
 */
import { setMaxListeners } from 'node:events';
import { type Client, closeAll, connectAll, createClients, crossInto } from './clients.ts';
import { type Clock, realClock } from './clock.ts';
import { createLab, type TrialLab } from './lab.ts';
import { keepAliveTimeoutMs } from './laws/polling.ts';
import type { Book } from './metrics/book.ts';
import type { Link, Load, Note, Trial } from './metrics/report.ts';
import { type Resources, watchResources } from './resources.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { type ServerProcess, serve } from './serve.ts';
import type { ServerOptions } from './servers/server.ts';
import type { PollCount, Transport } from './transports/transport.ts';
import { weigh } from './weigh.ts';
import { type Chunk, createTape } from './wire/tape.ts';

export interface TrialPlan {
  readonly transport: Transport;
  readonly scenario: Scenario;
  readonly load: Load;
  readonly link: Link;
  readonly repeat: number;
  readonly seed: number;
  readonly host: string;
  readonly port: number;
  readonly heartbeatMs: number | null;
  readonly keepAlive: boolean;
  readonly compression: boolean;
  /** How long anything may take that somebody waits for: connecting, a message, closing. */
  readonly timeoutMs: number;
  /** How long a server holds a long poll before it answers 204. */
  readonly holdMs: number;
  readonly signal: AbortSignal;
  /** Sees every chunk of the tape once the trial is over. */
  readonly record?: ((chunk: Chunk) => void) | undefined;
}

/** A server warms up this much faster than it is measured; clients send in turn, to open no extra connection. */
const warmupPace = 4;

/** What the trial saw at the two ends of its steady phase. */
export interface Steady {
  readonly book: Book;
  readonly startNs: readonly number[];
  readonly endNs: readonly number[];
  readonly polls: readonly (PollCount | null)[];
  readonly messages: { up: number; down: number };
  readonly resources: { client: Resources; server: Resources };
  readonly durationMs: number;
}

/**
 * Runs the trial against a server of its own, which it stops. Throws `CannotRun` when it could not take place.
 *
 * @param onMeasured called when the clock has stopped, before connections close and bytes are weighed.
 */
export async function measure(
  plan: TrialPlan,
  started: ServerProcess,
  onMeasured: () => void = () => {},
  clock: Clock = realClock,
): Promise<Trial> {
  await using server = started;
  const notes: Note[] = [];
  const signal = AbortSignal.any([plan.signal, server.gone]);
  // Every client waits on it, and there may be thousands.
  setMaxListeners(0, signal, plan.signal, server.gone);

  const weighing = weigh(plan);
  const tape = createTape((chunk) => {
    plan.record?.(chunk);
    weighing.ledger.weigh(chunk);
  });
  const lab = createLab({ ...plan, clock, signal, tick: server.tick });
  const clients = createClients(plan, server.port, clock, tape);

  let steady: Steady | null = null;
  const startNs = clock.now();
  try {
    await connectAll(clients, { plan, clock, lab, signal, port: server.port });
    const { warmup, rate } = plan.load;
    await lab.phase({ messages: warmup, rate: rate * warmupPace, durationMs: null, inTurn: true });
    steady = await runSteady(plan, clock, server, clients, lab);
    onMeasured();
  } catch (error) {
    if (server.gone.aborted) throw server.gone.reason;
    if (!plan.signal.aborted) throw error;
  } finally {
    await closeAll(clients, plan.timeoutMs);
  }
  if (server.gone.aborted) throw server.gone.reason;
  tape.drain();
  if (tape.drainedEarly > 0) notes.push({ kind: 'tape-drained', value: tape.drainedEarly });
  return weighing.trial({
    clients,
    steady,
    lab,
    notes,
    serverPort: server.port,
    durationMs: (clock.now() - startNs) / 1e6,
  });
}

/** Starts the server a trial needs, in a process of its own. */
export const startServer = (plan: TrialPlan): Promise<ServerProcess> =>
  serve(plan.transport.server, plan.scenario.behaviour, serverOptions(plan));

/** What the plan asks of its server. */
export const serverOptions = ({ transport, load, ...plan }: TrialPlan): ServerOptions => ({
  host: plan.host,
  port: plan.port,
  holdMs: plan.holdMs,
  mailboxSilenceMs: 60_000 + load.pollIntervalMs,
  // Law POLL8: longer than the longest planned silence, and longer than the client believes it to be.
  keepAliveTimeoutMs: keepAliveTimeoutMs(Math.max(load.pollIntervalMs, 1000 / load.rate)),
  heartbeatMs: plan.heartbeatMs,
  compression: plan.compression && transport.traits.compression,
  resume: transport.traits.resume,
  messageBytes: load.size,
});

async function runSteady(
  plan: TrialPlan,
  clock: Clock,
  server: ServerProcess,
  clients: readonly Client[],
  lab: TrialLab,
): Promise<Steady> {
  await server.mark();
  const watch = watchResources();
  const start = await crossInto('steady', clients, clock);
  const messages = { ...lab.messages };
  const began = clock.now();
  const book = await lab.phase(plan.load);
  const resources = { client: watch.read(), server: await server.stats() };
  const durationMs = (clock.now() - began) / 1e6;
  watch.stop();
  const end = await crossInto('teardown', clients, clock);
  return {
    book,
    startNs: start.map(({ atNs }) => atNs),
    endNs: end.map(({ atNs }) => atNs),
    polls: end.map(({ polls }, index) => difference(polls, start[index]?.polls ?? null)),
    messages: { up: lab.messages.up - messages.up, down: lab.messages.down - messages.down },
    resources,
    durationMs,
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
