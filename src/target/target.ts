/**
 * What is measured, as a trial sees it: where it listens, and what it can report and do. Only the address is always
 * there. A server of ours in a process of its own reports everything; one that is only known by its URL reports
 * nothing. What a target cannot do is absent, never a function that returns zero, because a zero would be read as a
 * measurement.
 */
import type { Memory, Meter, Resources } from '../base/resources.ts';
import type { Answered, AnswerLoad } from '../servers/answerer.ts';
import type { TickLoad } from '../servers/behaviours.ts';
import type { Outgoing } from '../servers/server.ts';
import type { WeighedSockets } from '../servers/weighed-sockets.ts';
import type { ClockDifference } from './clock-offset.ts';
import type { SharedStore } from './cluster/shared-store.ts';

export interface Address {
  /** A literal address, so that no name is looked up during a measurement. */
  readonly host: string;
  readonly port: number;
}

export interface Stats {
  /** Null if it shares the process of its clients, because the shares cannot be told apart. */
  readonly spent: Resources | null;
  /** How many clients are connected now. */
  readonly peers: number;
  /** How many clients it has disconnected because they did not read; null if it does not check for that. */
  readonly overloaded: number | null;
  /** How many messages it has received again, by their identity; null if it does not check for that. */
  readonly sentAgain: number | null;
  /** How many sessions it keeps, with or without a connected client; absent if sessions are the same as clients. */
  readonly sessions?: number | null;
}

/** Counts of one server of a cluster. */
export interface ClusterMember {
  readonly peers: number;
  readonly sessions: number;
}

/** Directs a server that answers in pieces. */
export interface AnsweringServer {
  prepare(load: AnswerLoad): Promise<void>;
  /** Resolves when no answer is under way any more. */
  ended(): Promise<Answered[]>;
}

/** How clients address a server that this tool has not started, whatever hops lead to it. */
export interface Site extends Address {
  /** From its URL: for URLs, Host headers and its certificate. */
  readonly host: string;
  /** The path below which it is mounted; empty for `/`. */
  readonly prefix: string;
  /** It speaks the formats of docs/wire-formats.md, in which clients give no name; our own servers want one. */
  readonly isPlain: boolean;
}

export interface Target extends AsyncDisposable {
  readonly endpoint: Address;
  /** Only of a server that this tool has not started. */
  readonly site?: Site;
  /** With TLS: PEM of the certificate that vouches for it. */
  readonly authority?: string | undefined;
  /** Whether it speaks TLS with a certificate of an authority that the system trusts. */
  readonly isTrusted?: boolean;
  readonly stats?: Meter<Stats>;
  /** Memory of its process; absent if it shares the process of its clients. */
  readonly memory?: () => Promise<Memory>;
  /** Makes it send unasked; resolves with the due time of each message. */
  readonly tick?: (load: TickLoad) => Promise<number[]>;
  readonly answers?: AnsweringServer;
  /** Counts of each of its servers, if there are several. */
  readonly members?: () => Promise<ClusterMember[]>;
  /** If there are several servers: the number of the server for each client port. */
  readonly placed?: () => Promise<ReadonlyMap<number, number>>;
  /** The store that its servers share, if they do. */
  readonly store?: SharedStore;
  /** What became of the bytes written to each of its connections. */
  readonly outgoing?: () => Promise<Outgoing[]>;
  /** What its own sockets have carried; called once, at the end. Absent if it is not counted. */
  readonly weighed?: () => Promise<WeighedSockets>;
  /** Aborted, with the reason, when it ends before it was told to. Absent if that cannot be noticed. */
  readonly gone?: AbortSignal;
  /** How its clock differed from ours in the last phase in which it sent; absent if it has the same clock. */
  readonly clockDifference?: () => ClockDifference | null;
}

/** What a scenario may need of a target besides its address. */
export type Ability = 'tick' | 'answers' | 'outgoing' | 'members';

/** A server that is already running and that this tool does not end: only its address is known. */
export const standing = (
  endpoint: Address,
  known: Pick<Target, 'site' | 'authority' | 'isTrusted'> = {},
): Target => ({
  ...known,
  endpoint,
  async [Symbol.asyncDispose]() {},
});
