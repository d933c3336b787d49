/**
 * What may stand between clients and what is measured, and the path that they make: a list from the clients to the
 * server, started from the server outwards, because each has to know where the next one listens.
 */
import { own } from '../base/lookup.ts';
import { type Meter, type Resources, spentTogether } from '../base/resources.ts';
import type { Address } from '../target/target.ts';
import type { ForwardManner } from './proxies/proxy.ts';
import type { TurningAway } from './turned-away.ts';

/** A link that can be broken; each deed resolves with the monotonic time (ns) at which it took effect. */
export interface BreakableLink {
  /** Resets every connection, and turns new ones away: refused unless told. */
  cut(turning?: TurningAway): Promise<number>;
  /** Holds every byte and every handshake, in silence. */
  stall(): Promise<number>;
  /** @param admissionMs what each new connection costs from now on, one after the other; nothing unless told. */
  heal(admissionMs?: number): Promise<number>;
}

/** One that runs. */
export interface RunningHop extends AsyncDisposable {
  /** Where whoever comes before it connects. */
  readonly endpoint: Address;
  /** Aborted, with the reason, when it ends before it was told to. */
  readonly gone: AbortSignal;
  /** Absent where nobody can tell. */
  readonly resources?: Meter<Resources>;
  /** Where it is one that can be broken. */
  readonly link?: BreakableLink;
}

export interface Hop {
  /** Under this name the report says what it spent. */
  readonly name: string;
  /** How clients ask it, where it is a forward proxy: they have to know where the next one listens. */
  readonly forwards?: ForwardManner | undefined;
  start(next: Address): Promise<RunningHop>;
}

export interface Path extends AsyncDisposable {
  /** Where clients connect: the first hop, or the target itself where there is none. */
  readonly endpoint: Address;
  /** What clients ask for: where they connect, or what stands behind a forward proxy. */
  readonly origin: Address;
  readonly forwards: ForwardManner | undefined;
  readonly gone: readonly AbortSignal[];
  /** By the names of the hops. */
  readonly resources: Meter<Readonly<Record<string, Resources>>>;
  readonly link: BreakableLink;
}

/** Starts the hops. Where one cannot start, those that have are stopped, and its failure is thrown. */
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
