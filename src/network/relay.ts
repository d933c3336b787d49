/**
 * A TCP relay with an emulated link inside: whoever connects to it reaches the target, later. It takes no root,
 * knows no transport, and is a second, independent count of the bytes that passed.
 *
 * An outage is one of two things. *Cut*: every connection is reset and new ones are refused; the kernel accepts
 * before it asks, so a refused client sees its connection stand for an instant and then reset. *Stalled*:
 * nothing is told to anybody, bytes wait at the far end of each line, and new connections wait for their
 * handshake. TCP's retransmission timer is not modelled: after a heal bytes come at once.
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { type Clock, realClock } from '../base/clock.ts';
import type { Link } from '../document/report.ts';
import { type Admission, createAdmission } from './admission.ts';
import { type Carriage, carry, type Onlooker, type Passage } from './connection.ts';
import { type Middleboxes, openMiddleboxes } from './middleboxes.ts';
import { type TurningAway, turnAway } from './turned-away.ts';

/** Plain data: it travels to the relay's process. */
export interface RelayOptions {
  readonly targetHost: string;
  readonly targetPort: number;
  readonly link: Link;
  readonly seed: number;
  readonly middleboxes?: Middleboxes;
  /** Where it listens; 127.0.0.1 unless said otherwise. */
  readonly host?: string;
  /** A free one unless said otherwise. */
  readonly port?: number;
  /** So many connections of one address are carried at a time, further ones reset; this machine's own are not counted. */
  readonly mostPerAddress?: number;
}

/** Says who looks on at a connection, by its ordinal, as it comes in; nobody where it says nothing. */
export type Watch = (ordinal: number, carried: PassingConnection) => Onlooker | undefined;

/** A connection as its onlooker knows it. */
export type PassingConnection = Pick<Carriage, 'counted' | 'reset'>;

export interface RelayStats {
  /** Connections carried so far, and those of them that are still open. */
  readonly connections: number;
  readonly open: number;
  /** Turned away on arrival, because the link was cut or one address had too many. */
  readonly refused: number;
  /** PassingConnection to a target that refused them. */
  readonly failed: number;
  /** `up.in` is what clients wrote and `down.out` what they were given; `up.out` and `down.in` are the target's. */
  readonly up: Passage;
  readonly down: Passage;
}

/** `cut`, `stall` and `heal` return the clock's time at which they took effect, in nanoseconds. */
export interface Relay extends AsyncDisposable {
  readonly port: number;
  /** Resets every connection, and turns new ones away: refused unless told. */
  cut(turning?: TurningAway): number;
  /** Holds every byte and every handshake, in silence. */
  stall(): number;
  /** Connections that come from now on have this link. */
  relink(link: Link): void;
  /** Resets every connection; those that come from now on lead there. */
  retarget(target: { readonly host: string; readonly port: number }): void;
  /**
   * The link works again. What was reset stays reset; what was held comes through, in order.
   *
   * @param admissionMs what each new connection costs from now on, one after the other; nothing unless told.
   */
  heal(admissionMs?: number): number;
  stats(): RelayStats;
  /** The address of the client whose connection the target sees come from this port. */
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
  // The client is not read before its handshake has crossed the link.
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
      // Taken before: from here on the new state holds, because nothing else runs meanwhile.
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
