/**
 * The simulated clients of a trial: made, connected, moved from phase to phase, and closed, all of them alike.
 */
import type { Clock } from './clock.ts';
import { CannotRun } from './failure.ts';
import type { TrialLab } from './lab.ts';
import type { TrialPlan } from './measure.ts';
import { randomStream } from './schedule.ts';
import type { Connection } from './transports/transport.ts';
import { createDialer, type Dialer } from './wire/dialer.ts';
import type { Phase } from './wire/span.ts';
import type { Tape } from './wire/tape.ts';

export interface Client {
  readonly dialer: Dialer;
  connection: Connection | null;
}

/** Where and with what clients connect. */
export interface Setting {
  readonly plan: TrialPlan;
  readonly clock: Clock;
  readonly lab: TrialLab;
  readonly signal: AbortSignal;
  readonly port: number;
}

export function createClients(plan: TrialPlan, port: number, clock: Clock, tape: Tape): Client[] {
  let connections = 0;
  const nextConnection = () => connections++;
  return Array.from({ length: plan.load.clients }, () => ({
    dialer: createDialer({ host: plan.host, port, clock, tape, nextConnection }),
    connection: null,
  }));
}

/** Dials this many clients at a time, so that thousands do not overflow the server's backlog. */
const dialledAtOnce = 100;

/** Connects every client. Throws `CannotRun` when one cannot, or when it takes longer than the plan allows. */
export async function connectAll(clients: readonly Client[], setting: Setting): Promise<void> {
  const { plan, clock, lab, signal, port } = setting;
  const { transport, load } = plan;
  const connectOne = async (client: Client, index: number) => {
    signal.throwIfAborted();
    const connecting = transport.connect({
      host: plan.host,
      port,
      client: (index + 1).toString(36).padStart(4, '0'),
      dialer: client.dialer,
      clock,
      random: randomStream(plan.seed, `phase of client ${index}`),
      onMessage: (data) => lab.received(index, data),
      onError: lab.error,
      pollIntervalMs: load.pollIntervalMs,
      holdMs: plan.holdMs,
      keepAlive: plan.keepAlive,
      compression: plan.compression && transport.traits.compression,
      messageBytes: load.size,
      binary: load.payload === 'binary',
    });
    client.connection = await connecting.catch((error: Error) => {
      throw new CannotRun(`connect-failed: ${transport.name} client ${index + 1}: ${error.message}`);
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
  await within(plan.timeoutMs, `connecting ${clients.length} ${transport.name} clients`, work(), signal);
}

/** Moves each client into a phase, at a moment when nothing of its own is half-way. */
export const crossInto = (phase: Phase, clients: readonly Client[], clock: Clock) =>
  Promise.all(
    clients.map(async ({ dialer, connection }) => {
      const atNs = (await connection?.quiet()) ?? clock.now();
      dialer.phase = phase;
      return { atNs, polls: connection?.polls() ?? null };
    }),
  );

/** Ends every conversation, politely where that works, and waits until every socket is closed. */
export async function closeAll(clients: readonly Client[], timeoutMs: number) {
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
