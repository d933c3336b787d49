/**
 * A TCP relay with an emulated link inside: a client that connects to it reaches the target, later. It needs no root,
 * knows no transport, and is a second, independent count of the bytes that passed.
 *
 * An outage is one of two things. *Cut*: every connection is reset and new ones are refused; the kernel accepts before
 * the relay is asked, so a refused client sees its connection stand for an instant and then reset. *Stalled*: neither
 * side is told, bytes wait at the far end of each line, and new connections wait for their handshake. TCP's
 * retransmission timer is not modelled: after a heal bytes come at once.
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Clock, realClock } from '../base/clock.ts';
import type { Link } from '../document/report.ts';
import { type Admission, createAdmission } from './admission.ts';
import { type Carriage, carry, type Onlooker, type Passage } from './connection.ts';
import { type Middleboxes, openMiddleboxes } from './middleboxes.ts';
import { type TurningAway, turnAway } from './turned-away.ts';

/** Plain data: it is sent to the relay's process. */
export interface RelayOptions {
  readonly targetHost: string;
  readonly targetPort: number;
  readonly link: Link;
  readonly seed: number;
  readonly middleboxes?: Middleboxes;
  /** Where it listens; by default 127.0.0.1. */
  readonly host?: string;
  /** By default a free one. */
  readonly port?: number;
  /** Limit of open connections per client address; further ones are reset. This machine's own are not limited. */
  readonly mostPerAddress?: number;
}

/** Called for each new connection, with its ordinal; may return an onlooker. */
export type Watch = (ordinal: number, carried: PassingConnection) => Onlooker | undefined;

/** What an onlooker may use of its connection. */
export type PassingConnection = Pick<Carriage, 'counted' | 'reset'>;

export interface RelayStats {
  /** Connections carried so far, and those of them that are still open. */
  readonly connections: number;
  readonly open: number;
  /** Turned away on arrival, because the link was cut or one address had too many. */
  readonly refused: number;
  /** Connections that the target refused. */
  readonly failed: number;
  /** `up.in` is what clients sent and `down.out` what was written to them; `up.out` and `down.in` are the target's. */
  readonly up: Passage;
  readonly down: Passage;
}

/** `cut`, `stall` and `heal` return the clock's time at which they took effect, in nanoseconds. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Resets every connection and turns new ones away, by default with a reset. */
  cut(turning?: TurningAway): number;
  /** Holds every byte and every handshake, in silence. */
  stall(): number;
  /** Gives new connections this link. */
  relink(link: Link): void;
  /** Resets every connection; new ones lead to this target. */
  retarget(target: { readonly host: string; readonly port: number }): void;
  /**
   * The link works again. What was reset stays reset; what was held comes through, in order.
   *
   * @param admissionMs what admitting each new connection costs from now on, one after the other; by default nothing.
   */
  heal(admissionMs?: number): number;
  stats(): RelayStats;
  /** The address of the client whose connection reaches the target from this port. */
  clientAt(port: number): string | undefined;
}

type LinkState = 'open' | 'cut' | 'stalled';

/** Starts to listen. Rejects with the system's error when it cannot. */
export async function startRelay(
  options: RelayOptions,
  clock: Clock = realClock,
  watch?: Watch,
): Promise<Relay> {
  const { accept, become, turnBy, admitFor, gone, ...told } = switchboard(options, clock, watch);
  // Paused, because the client is not read before its handshake has crossed the link.
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, accept);
  await listening(server, options.host ?? '127.0.0.1', options.port ?? 0);
  return {
    port: (server.address() as AddressInfo).port,
    cut(turning = 'refused') {
      turnBy(turning);
      admitFor();
      return become('cut', (connection) => connection.reset());
    },
    stall: () => become('stalled', (connection) => connection.stall()),
    heal(admissionMs) {
      admitFor(admissionMs);
      return become('open', (connection) => connection.heal());
    },
    ...told,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      admitFor();
      become('cut', (connection) => connection.reset());
      // The listening socket knows only the clients' side.
      await Promise.all([closed, gone()]);
    },
  };
}

/** All connections of a relay, and the state of the link that they share. */
function switchboard(options: RelayOptions, clock: Clock, watch: Watch | undefined) {
  const { seed } = options;
  const connections = new Set<Carriage>();
  const counts = { connections: 0, refused: 0, failed: 0, up: { in: 0, out: 0 }, down: { in: 0, out: 0 } };
  const openBox = openMiddleboxes(options.middleboxes ?? {}, clock);
  let target = { host: options.targetHost, port: options.targetPort };
  let { link } = options;
  let state: LinkState = 'open';
  let turning: TurningAway = 'refused';
  let admission: Admission | undefined;
  let onGone = () => {};
  const isTooMany = ({ remoteAddress, localAddress }: Socket): boolean => {
    const { mostPerAddress } = options;
    if (mostPerAddress === undefined || remoteAddress === localAddress) return false;
    const own = [...connections].filter(({ clientAddress }) => clientAddress === remoteAddress);
    return own.length >= mostPerAddress;
  };
  const enter = (client: Socket) => {
    const ordinal = counts.connections++;
    const carried: PassingConnection = {
      counted: () => connection.counted(),
      reset: () => connection.reset(),
    };
    const connection = carry({
      client,
      target,
      link,
      seed,
      clock,
      openBox,
      counts,
      ordinal,
      onlooker: watch?.(ordinal, carried),
      stalled: state === 'stalled',
      onClosed() {
        connections.delete(connection);
        if (connections.size === 0) onGone();
      },
    });
    connections.add(connection);
  };
  return {
    accept(client: Socket) {
      if (state === 'cut' || isTooMany(client)) {
        counts.refused++;
        return turnAway(client, state === 'cut' ? turning : 'refused');
      }
      if (admission) admission.wait(client, () => enter(client));
      else enter(client);
    },
    become(next: LinkState, effect: (connection: Carriage) => void): number {
      // Read first: nothing else runs until all connections have the new state, so it holds from here on.
      const atNs = clock.now();
      state = next;
      for (const connection of connections) effect(connection);
      return atNs;
    },
    turnBy(next: TurningAway) {
      turning = next;
    },
    admitFor(costMs?: number) {
      admission?.close();
      admission = costMs ? createAdmission(costMs, clock) : undefined;
    },
    relink(next: Link) {
      link = next;
    },
    retarget(next: typeof target) {
      target = next;
      for (const connection of connections) connection.reset();
    },
    /** Resolves when no connection is open any more. */
    gone: () =>
      new Promise<void>((resolve) => {
        onGone = resolve;
        if (connections.size === 0) resolve();
      }),
    clientAt: (port: number) =>
      [...connections].find((connection) => connection.serverSees() === port)?.clientAddress,
    stats: (): RelayStats => structuredClone({ ...counts, open: connections.size }),
  };
}

const listening = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Thousands of simulated clients connect at once; the default backlog of 511 would drop their SYNs.
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
