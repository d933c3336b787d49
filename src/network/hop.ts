/**
 * What may stand between clients and the measured server, and the path of these hops: a list from the clients to the
 * server. They are started from the server's end, because each has to know where the next one listens.
 */
import { own } from '../base/lookup.ts';
import { type Meter, type Resources, spentTogether } from '../base/resources.ts';
import type { Address } from '../target/target.ts';
import type { ForwardManner } from './proxies/proxy.ts';
import type { TurningAway } from './turned-away.ts';

/** A link that can be broken; each call resolves with the monotonic time (ns) at which it took effect. */
export interface BreakableLink {
  /** Resets every connection and turns new ones away, by default with a reset. */
  cut(turning?: TurningAway): Promise<number>;
  /** Holds every byte and every handshake, in silence. */
  stall(): Promise<number>;
  /** @param admissionMs what admitting each new connection costs from now on, one after the other; by default 0. */
  heal(admissionMs?: number): Promise<number>;
}

/** A hop that is running. */
export interface RunningHop extends AsyncDisposable {
  /** Where the hop before it, or the clients, connect. */
  readonly endpoint: Address;
  /** Aborted, with the reason, when it ends before it was told to. */
  readonly gone: AbortSignal;
  /** Absent if its consumption is not measured: programs such as nginx. */
  readonly resources?: Meter<Resources>;
  /** Only if the hop has a link that can be broken. */
  readonly link?: BreakableLink;
}

export interface Hop {
  /** The report lists its resources under this name. */
  readonly name: string;
  /** Only of a forward proxy: how clients ask it for the address of the next hop. */
  readonly forwards?: ForwardManner | undefined;
  start(next: Address): Promise<RunningHop>;
}

export interface Path extends AsyncDisposable {
  /** Where clients connect: the first hop, or the target itself if there is none. */
  readonly endpoint: Address;
  /** The address in the clients' requests: where they connect, or what stands behind a forward proxy. */
  readonly origin: Address;
  readonly forwards: ForwardManner | undefined;
  readonly gone: readonly AbortSignal[];
  /** By the names of the hops. */
  readonly resources: Meter<Readonly<Record<string, Resources>>>;
  readonly link: BreakableLink;
}

/** Starts the hops. If one cannot start, stops those that have, and throws its error. */
export async function openPath(hops: readonly Hop[], target: Address): Promise<Path> {
  const running: (RunningHop & Pick<Hop, 'name'>)[] = [];
  let endpoint = target;
  let forwarding: Pick<Path, 'origin' | 'forwards'> | undefined;
  const stop = async () => {
    for (const hop of running.toReversed()) await hop[Symbol.asyncDispose]();
  };
  try {
    for (const { name, start, forwards } of hops.toReversed()) {
      const hop = await start(endpoint);
      if (forwards) forwarding = { origin: endpoint, forwards };
      running.push({ ...hop, name });
      endpoint = hop.endpoint;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    endpoint,
    origin: endpoint,
    forwards: undefined,
    ...forwarding,
    gone: running.map(({ gone }) => gone),
    resources: metersOf(running),
    link: running.find(({ link }) => link)?.link ?? unbreakable,
    [Symbol.asyncDispose]: stop,
  };
}

function metersOf(running: readonly (RunningHop & Pick<Hop, 'name'>)[]): Path['resources'] {
  const meters = running.flatMap(({ name, resources }) => (resources ? [{ name, resources }] : []));
  return {
    mark: async () => void (await Promise.all(meters.map(({ resources }) => resources.mark()))),
    async read() {
      const spent: Record<string, Resources> = {};
      const read = await Promise.all(
        meters.map(async ({ name, resources }) => ({ name, one: await resources.read() })),
      );
      for (const { name, one } of read) {
        const before = own(spent, name);
        spent[name] = before ? spentTogether(before, one) : one;
      }
      return spent;
    },
  };
}

const impossible = () => Promise.reject(new Error('this path has no link to break'));
const unbreakable: BreakableLink = { cut: impossible, stall: impossible, heal: impossible };
