/**
 * One trial: serve, connect, warm up, run, settle, weigh. Everything here happens for every transport and every
 * scenario alike; what differs comes in as values.
 */
import { setMaxListeners } from 'node:events';
import { type Clock, realClock } from './clock.ts';
import { CannotRun } from './failure.ts';
import { createLab, type TrialLab } from './lab.ts';
import { keepAliveTimeoutMs } from './laws/polling.ts';
import type { Book } from './metrics/book.ts';
import type { Link, Load, Note, Trial } from './metrics/report.ts';
import { type Resources, watchResources } from './resources.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { randomStream } from './schedule.ts';
import { type ServerProcess, serve } from './serve.ts';
import type { ServerOptions } from './servers/server.ts';
import type { Connection, PollCount, Transport } from './transports/transport.ts';
import { weigh } from './weigh.ts';
import { createDialer, type Dialer } from './wire/dialer.ts';
import type { Phase } from './wire/span.ts';
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
  readonly signal: AbortSignal;
  /** Sees every chunk of the tape once the trial is over. */
  readonly record?: ((chunk: Chunk) => void) | undefined;
}

/** A server holds a long poll this long before it answers 204; proxies give up at 30 s or more. */
const holdMs = 25_000;
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

export interface Client {
  readonly dialer: Dialer;
  connection: Connection | null;
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
  let connections = 0;
  const clients: Client[] = Array.from({ length: plan.load.clients }, () => ({
    dialer: createDialer({
      host: plan.host,
      port: server.port,
      clock,
      tape,
      nextConnection: () => connections++,
    }),
    connection: null,
  }));

  let steady: Steady | null = null;
  const startNs = clock.now();
  try {
    await connectAll(plan, clock, server.port, clients, lab, signal);
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
  holdMs,
  mailboxSilenceMs: 60_000 + load.pollIntervalMs,
  // Law POLL8: longer than the longest planned silence, and longer than the client believes it to be.
  keepAliveTimeoutMs: keepAliveTimeoutMs(Math.max(load.pollIntervalMs, 1000 / load.rate)),
  heartbeatMs: plan.heartbeatMs,
  compression: plan.compression && transport.traits.compression,
  resume: transport.traits.resume,
  messageBytes: load.size,
});

/** Dials this many clients at a time, so that thousands do not overflow the server's backlog. */
const dialledAtOnce = 100;

async function connectAll(
  plan: TrialPlan,
  clock: Clock,
  port: number,
  clients: Client[],
  lab: TrialLab,
  signal: AbortSignal,
) {
  const { transport, load } = plan;
  const connectOne = async (client: Client, index: number) => {
    signal.throwIfAborted();
    client.connection = await transport.connect({
      host: plan.host,
      port,
      client: (index + 1).toString(36).padStart(4, '0'),
      dialer: client.dialer,
      clock,
      random: randomStream(plan.seed, `phase of client ${index}`),
      onMessage: (data) => lab.received(index, data),
      onError: lab.error,
      pollIntervalMs: load.pollIntervalMs,
      holdMs,
      keepAlive: plan.keepAlive,
      compression: plan.compression && transport.traits.compression,
      messageBytes: load.size,
      binary: load.payload === 'binary',
    });
    // From here on this client's first message can flow, whatever the others still do.
    client.dialer.phase = 'warmup';
    lab.connect(index, client.connection);
  };
  const work = async () => {
    for (let first = 0; first < clients.length; first += dialledAtOnce) {
      const batch = clients.slice(first, first + dialledAtOnce);
      await Promise.all(batch.map((client, k) => connectOne(client, first + k)));
    }
  };
  const connecting = `connecting ${clients.length} ${transport.name} clients`;
  await within(plan.timeoutMs, connecting, work(), signal);
}

async function runSteady(
  plan: TrialPlan,
  clock: Clock,
  server: ServerProcess,
  clients: readonly Client[],
  lab: TrialLab,
): Promise<Steady> {
  const startNs: number[] = [];
  const endNs: number[] = [];
  const before: (PollCount | null)[] = [];
  const after: (PollCount | null)[] = [];
  // Each client crosses at a moment when nothing of its own is half-way.
  const cross = async (phase: Phase, times: number[], counts: (PollCount | null)[]) => {
    await Promise.all(
      clients.map(async ({ dialer, connection }, index) => {
        times[index] = (await connection?.quiet()) ?? clock.now();
        dialer.phase = phase;
        counts[index] = connection?.polls() ?? null;
      }),
    );
  };

  await server.mark();
  const watch = watchResources();
  await cross('steady', startNs, before);
  const messages = { ...lab.messages };
  const began = clock.now();
  const book = await lab.phase(plan.load);
  const resources = { client: watch.read(), server: await server.stats() };
  const durationMs = (clock.now() - began) / 1e6;
  watch.stop();
  await cross('teardown', endNs, after);
  return {
    book,
    startNs,
    endNs,
    polls: after.map((count, index) => difference(count, before[index] ?? null)),
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

async function closeAll(clients: readonly Client[], timeoutMs: number) {
  const graceMs = Math.min(timeoutMs, 1000);
  await Promise.all(
    clients.map(async ({ dialer, connection }) => {
      dialer.phase = 'teardown';
      // A conversation that will not end is cut; its bytes are on the tape either way.
      await Promise.race([
        connection?.close().catch(() => {}),
        new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
      ]);
      await dialer.closed(graceMs);
    }),
  );
}

async function within<T>(ms: number, what: string, work: Promise<T>, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CannotRun(`${what} took longer than ${ms} ms; raise --timeout`)), ms);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  work.catch(() => {});
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
