/** The simulated clients of a trial: created, counted by their sockets, moved from phase to phase, closed. */

import { type Clock, sleepUntil } from '../base/clock.ts';
import { watchResources } from '../base/resources.ts';
import { allClosed, connectionsOf, createDialer, type Dialer, type DialerOptions } from '../tap/dialer.ts';
import type { Tape } from '../tap/tape.ts';
import type { Address } from '../target/target.ts';
import type { Connection, Transport } from '../transports/transport.ts';
import type { Wires } from './asking.ts';
import type { Party, PartyConnection } from './party.ts';
import type { TrialPlan } from './plan.ts';

export interface Client {
  readonly dialer: Dialer;
  connection: Connection | null;
  /** How it connects; by default as its transport does. */
  readonly connect?: Transport['connect'];
}

/** By stage, how long after dialling (for `closed`: after closing began) each client reached it (ns). */
export type Stages = Map<string, number[]>;

export function reach(stages: Stages, stage: string, ns: number) {
  const times = stages.get(stage);
  if (times) times.push(ns);
  else stages.set(stage, [ns]);
}

export function createClients(
  count: number,
  endpoint: Address,
  clock: Clock,
  tape: Tape,
  how: Pick<DialerOptions, 'tls' | 'forwarding'> = {},
): Client[] {
  let connections = 0;
  const nextConnection = () => connections++;
  return Array.from({ length: count }, () => ({
    dialer: createDialer({ ...endpoint, ...how, clock, tape, nextConnection }),
    connection: null,
  }));
}

/** Access to their sockets, for scenarios that cut off single clients. */
export const wiresOf = (clients: readonly Client[]): Wires => {
  const socketsOf = (index: number) => clients[index]?.dialer.dialled.map(({ socket }) => socket) ?? [];
  const openOf = (index: number) => socketsOf(index).filter(({ destroyed }) => !destroyed);
  return {
    cut: (index) => {
      for (const socket of socketsOf(index)) socket.resetAndDestroy();
    },
    open: openOf,
    ports: (index) => openOf(index).flatMap(({ localPort }) => localPort ?? []),
    stopReading: (index) => {
      for (const socket of openOf(index)) socket.stopReading?.();
    },
    readOn: (index) => {
      for (const socket of openOf(index)) socket.readOn?.();
    },
    written: (index) => socketsOf(index).reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
  };
};

/** The number of all sockets that were dialled, connected or not. */
export const socketsDialled = (clients: readonly Client[]): number =>
  clients.reduce((sum, { dialer }) => sum + dialer.dialled.length, 0);

/** Number of clients that are connected by sockets not made by their dialer: bytes on those are not on the tape. */
export const unseenAmong = (clients: readonly Client[]): number =>
  clients.filter(({ connection, dialer }) => connection !== null && connectionsOf(dialer).length === 0)
    .length;

/** What Node's sockets of a client have counted themselves. */
export const countedBy = (dialer: Dialer, client: number): PartyConnection[] =>
  connectionsOf(dialer).map(({ connection, phase, socket: { bytesWritten, bytesRead } }) => ({
    client,
    connection,
    phase,
    bytesWritten,
    bytesRead,
  }));

/** The clients as a party. Watches this process from now on, until disposed. */
export function partyOf(
  clients: readonly Client[],
  { timeoutMs }: Pick<TrialPlan, 'timeoutMs'>,
  clock: Clock,
  signal: AbortSignal,
): Party & Disposable {
  const watch = watchResources();
  return {
    clients: clients.length,
    connections: () => clients.flatMap(({ dialer }, client) => countedBy(dialer, client)),
    async enter(phase) {
      const calm = new AbortController();
      const deadlineNs = clock.now() + timeoutMs * 1e6;
      const patience = sleepUntil(clock, deadlineNs, AbortSignal.any([signal, calm.signal])).catch(() => {});
      const crossings = await Promise.all(
        clients.map(async ({ dialer, connection }) => {
          const atNs = (await Promise.race([connection?.quiet() ?? clock.now(), patience])) ?? clock.now();
          dialer.phase = phase;
          return { atNs, polls: connection?.polls() ?? null, pollGrid: connection?.pollGrid ?? null };
        }),
      );
      calm.abort();
      return crossings;
    },
    resources: { mark: async () => watch.reset(), read: async () => watch.read() },
    spentBy: clients.some(({ connect }) => connect) ? 'relay' : 'clients',
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
}

/**
 * Closes a client's connection as its protocol prescribes, and waits until every socket is closed. A client that was
 * still connecting is cut off at once.
 */
export async function closeOne({ dialer, connection }: Client, graceMs: number): Promise<void> {
  dialer.phase = 'teardown';
  if (connection === null) dialer.giveUp();
  // If it does not close within `graceMs` it is cut off; its bytes are on the tape either way.
  await Promise.race([
    connection?.close().catch(() => {}),
    new Promise((resolve) => setTimeout(resolve, graceMs).unref()),
  ]);
  await allClosed(dialer, graceMs);
}

/** Closes every client. */
export async function closeAll(clients: readonly Client[], stages: Stages, timeoutMs: number, clock: Clock) {
  const graceMs = Math.min(timeoutMs, 1000);
  await Promise.all(
    clients.map(async (client) => {
      const closingNs = clock.now();
      await closeOne(client, graceMs);
      if (client.connection !== null) reach(stages, 'closed', clock.now() - closingNs);
    }),
  );
}
