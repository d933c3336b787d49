/**
 * Several servers of one kind behind a balancer, as one target: they share nothing, so each knows only the clients that
 * were assigned to it. The resources of all processes are added up, the balancer's included.
 */
import { startChild } from '../../base/child/parent.ts';
import { type Memory, type Meter, type Resources, spentTogether } from '../../base/resources.ts';
import type { ServerOptions } from '../../servers/server.ts';
import { explainListening, type ServerProcess } from '../server-process.ts';
import type { Stats, Target } from '../target.ts';
import type { BalancerOptions } from './balancer.ts';
import type { BalancerCommand } from './balancer-command.ts';
import type { PlacementOptions } from './placing.ts';

/** Where clients of a cluster connect. */
export interface Entrance extends AsyncDisposable {
  readonly port: number;
  /** Absent if it shares a process with others. */
  readonly resources?: Meter<Resources>;
  readonly gone?: AbortSignal;
  /** For each open connection, the client's port and the number of its server. */
  placed(): Promise<[port: number, server: number][]>;
}

type FrontProcess = Required<Entrance> & { readonly pid: number };

/** Starts the servers and, in a process of its own, the balancer before them. If one cannot start, ends the others. */
export async function serveCluster(
  serveOne: () => Promise<ServerProcess>,
  how: PlacementOptions,
  { host, port }: Pick<ServerOptions, 'host' | 'port'>,
): Promise<ServerProcess> {
  const members: ServerProcess[] = [];
  try {
    // One after the other: the first error is the one that is thrown, and those that have started can be ended.
    for (let k = 0; k < how.servers; k++) members.push(await serveOne());
    const servers = members.map(({ endpoint }) => endpoint);
    const front = await startBalancerProcess({ ...how, host, port, servers });
    return { ...clusterOf(members, front, host), ...sureOf(members, front) };
  } catch (error) {
    await endAll(members);
    throw error;
  }
}

async function startBalancerProcess(options: BalancerOptions): Promise<FrontProcess> {
  const child = startChild<BalancerCommand>('balancer', 'target/cluster/balancer-host.js');
  try {
    return {
      pid: child.pid,
      port: (await child.ask({ type: 'start', options })) as number,
      gone: child.gone,
      placed: async () => (await child.ask({ type: 'placed' })) as [number, number][],
      resources: {
        mark: async () => void (await child.ask({ type: 'mark' })),
        read: async () => (await child.ask({ type: 'resources' })) as Resources,
      },
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw explainListening(error, options);
  }
}

/** Combines several targets into one, wherever they run. */
export function clusterOf(members: readonly Target[], front: Entrance, host: string): Target {
  const read = () => Promise.all(members.map(({ stats }) => stats?.read() ?? unknown));
  return {
    endpoint: { host, port: front.port },
    authority: members[0]?.authority,
    members: async () =>
      (await read()).map(({ peers, sessions }) => ({ peers, sessions: sessions ?? peers })),
    placed: async () => new Map(await front.placed()),
    stats: {
      mark: async () =>
        void (await Promise.all([front.resources?.mark(), ...members.map(({ stats }) => stats?.mark())])),
      read: async () => statsOf(await read(), (await front.resources?.read()) ?? null),
    },
    outgoing: async () => (await Promise.all(members.map(({ outgoing }) => outgoing?.() ?? []))).flat(),
    // The balancer first, so that it assigns no client to a server that has ended.
    [Symbol.asyncDispose]: () => endAll([front, ...members]),
  };
}

const unknown: Stats = { spent: null, peers: 0, overloaded: null, sentAgain: null };

/** What is known only of our own processes. */
const sureOf = (members: readonly ServerProcess[], front: FrontProcess) => ({
  pid: front.pid,
  stats: clusterOf(members, front, '').stats as NonNullable<Target['stats']>,
  async memory(): Promise<Memory> {
    const all = await Promise.all(members.map((member) => member.memory()));
    return all.reduce((a, b) => ({
      heapBytes: a.heapBytes + b.heapBytes,
      rssBytes: a.rssBytes + b.rssBytes,
    }));
  },
  gone: AbortSignal.any([front.gone, ...members.map(({ gone }) => gone)]),
});

function statsOf(all: readonly Stats[], front: Resources | null): Stats {
  const spent = [...all.map((one) => one.spent), front].filter((one) => one !== null);
  return {
    spent: spent.length === 0 ? null : spent.reduce(spentTogether),
    peers: all.reduce((sum, { peers }) => sum + peers, 0),
    overloaded: sumOf(all.map(({ overloaded }) => overloaded)),
    sentAgain: sumOf(all.map(({ sentAgain }) => sentAgain)),
  };
}

/** Sum of the known counts; null if none is known. */
const sumOf = (counts: readonly (number | null)[]): number | null =>
  counts.reduce((sum, count) => (count === null ? sum : (sum ?? 0) + count), null);

async function endAll(parts: readonly AsyncDisposable[]) {
  for (const part of parts) await part[Symbol.asyncDispose]();
}
