/**
 * What is measured, as a trial sees it: where it listens, and what it can tell and do. Only the address is sure. A server
 * of ours in a process of its own tells everything; one that merely stands somewhere tells nothing. What a target cannot
 * do is absent, never a function that returns a zero: a zero would be read as a measurement.
 */
import type { Memory, Meter, Resources } from '../base/resources.ts';
import type { Answered, AnswerLoad } from '../servers/answerer.ts';
import type { TickLoad } from '../servers/behaviours.ts';
import type { Outgoing } from '../servers/server.ts';
import type { WeighedSockets } from '../servers/weighed-sockets.ts';
import type { ClockDifference } from './clock-offset.ts';
import type { SharedStore } from './cluster/shared-store.ts';

export interface Address {
  /** A literal address: no name is looked up while something is measured. */
  readonly host: string;
  readonly port: number;
}

export interface Stats {
  /** Null where it shares the process of its clients: nobody can tell which of them spent it. */
  readonly spent: Resources | null;
  /** How many clients it knows right now. */
  readonly peers: number;
  /** How many clients it has put out because they did not read; null where it does not watch for them. */
  readonly overloaded: number | null;
  /** How many messages have come to it again, by their identity; null where it does not look. */
  readonly sentAgain: number | null;
  /** How many sessions it keeps, with and without a client that speaks; left out where they are its clients. */
  readonly sessions?: number | null;
}

/** What one server of a cluster knows. */
export interface ClusterMember {
  readonly peers: number;
  readonly sessions: number;
}

/** The server of questions that are answered in pieces. */
export interface AnsweringServer {
  prepare(load: AnswerLoad): Promise<void>;
  /** Resolves when no answer is under way any more. */
  ended(): Promise<Answered[]>;
}

/** How somebody else's server is called and spoken to, whatever stands on the way to it. */
export interface Site extends Address {
  /** As its URL says it: for URLs, Host headers and its certificate. */
  readonly host: string;
  /** The path below which it is mounted; empty where that is `/`. */
  readonly prefix: string;
  /** It speaks the formats of docs/wire-formats.md, in which nobody gives a name; ours wants one. */
  readonly isPlain: boolean;
}

export interface Target extends AsyncDisposable {
  readonly endpoint: Address;
  /** Of a server that nobody of us has started. */
  readonly site?: Site;
  /** PEM of the certificate that vouches for it, where it speaks TLS. */
  readonly authority?: string | undefined;
  /** Whether it speaks TLS and whom the system trusts vouches for it. */
  readonly isTrusted?: boolean;
  readonly stats?: Meter<Stats>;
  /** What its process keeps, which is none of its clients'. */
  readonly memory?: () => Promise<Memory>;
  /** Lets it speak first; resolves with the due time of each message. */
  readonly tick?: (load: TickLoad) => Promise<number[]>;
  readonly answers?: AnsweringServer;
  /** What each of its servers knows, where there are several. */
  readonly members?: () => Promise<ClusterMember[]>;
  /** Where there are several servers: which of them the connection from a port leads to. */
  readonly placed?: () => Promise<ReadonlyMap<number, number>>;
  /** What its servers share, where they do. */
  readonly store?: SharedStore;
  /** What became of the bytes written to each of its connections. */
  readonly outgoing?: () => Promise<Outgoing[]>;
  /** What its own sockets have carried; asked once, when all is over. Absent where nobody weighs them. */
  readonly weighed?: () => Promise<WeighedSockets>;
  /** Aborted, with the reason, when it ends before it was told to. Absent where nobody would notice. */
  readonly gone?: AbortSignal;
  /** How its clock differed from ours in the last phase in which it spoke; absent where there is but one clock. */
  readonly clockDifference?: () => ClockDifference | null;
}

/** What a scenario may need of a target besides its address. */
export type Ability = 'tick' | 'answers' | 'outgoing' | 'members';

/** A server that stands already, and whose end is somebody else's business: all that is known of it is its address. */
export const standing = (
  endpoint: Address,
  known: Pick<Target, 'site' | 'authority' | 'isTrusted'> = {},
): Target => ({
  ...known,
  endpoint,
  async [Symbol.asyncDispose]() {},
});
