/**
 * What a transport is: a plain value that says how a client speaks, and what must hold of it. Everything else
 * (command line, tables, contract tests, reports) iterates over the registry and knows no transport by name.
 */
import type { Clock } from '../base/clock.ts';
import type { LibraryName, LibraryOf } from '../base/libraries.ts';
import type { Random } from '../base/schedule.ts';
import type { Text } from '../base/text.ts';
import type { HeadsByKind } from '../document/browser-side.ts';
import type { PolicyName } from '../laws/reconnection.ts';
import type { Payload } from '../protocols/contract.ts';
import type { Over } from '../protocols/over.ts';
import type { Dialer } from '../tap/dialer.ts';

/** A message as another process heard it, which handed on only the beginning: when, and how long it was. */
export interface HeardElsewhere {
  readonly atNs: number;
  readonly bytes: number;
}

export interface ConnectOptions {
  /** Literal address and port of the server, for URLs and Host headers; sockets come from the dialer. */
  readonly host: string;
  readonly port: number;
  /** Names this client to the server: four characters, so that every client's requests weigh the same. */
  readonly client: string;
  /** The path below which the server is mounted; none unless told. */
  readonly prefix?: string;
  /** The server speaks the formats of docs/wire-formats.md, in which no client gives a name. */
  readonly isPlain?: boolean;
  /** The event of Socket.IO that carries a message; ours unless told. */
  readonly event?: string;
  readonly dialer: Dialer;
  /** HTTP/1.1 in clear text unless told; where it is over TLS, so are the dialer's connections. */
  readonly over?: Over;
  /** The libraries that the transport names, loaded. */
  readonly library: LibraryOf;
  readonly clock: Clock;
  readonly random: Random;
  /** @param heard where that was not here and now. */
  readonly onMessage: (data: Payload, heard?: HeardElsewhere) => void;
  /** Something went wrong that did not end the connection for good; `kind` is counted in the report. */
  readonly onError: (kind: string) => void;
  /** A stage of connecting is done, where there are several: `connected`, then `upgraded`. */
  readonly onStage: (stage: 'connected' | 'upgraded') => void;
  /** How long it waits before it tries again, where that is for the application to say. */
  readonly reconnect?: PolicyName;
  /** After so long a handshake is given up, where that is for the application to say; never unless told. */
  readonly handshakeTimeoutMs?: number | undefined;
  /** It was cut off, and its server hears it again, after so many attempts. */
  readonly onBack?: (attempts: number) => void;
  /** It was cut off, and will not come back by itself. */
  readonly onGaveUp?: () => void;
  /**
   * It goes on trying to come in until this is aborted, and tells of each attempt that was refused: among several servers
   * one may not know what another has begun.
   */
  readonly persist?: { readonly signal: AbortSignal; readonly onRefused: () => void } | undefined;
  readonly pollIntervalMs: number;
  /** How long a server may hold a long poll; the client waits ten seconds longer. */
  readonly holdMs: number;
  readonly keepAlive: boolean;
  /** Sent with every request besides what the library needs: see headers.ts. */
  readonly headers: Readonly<Record<string, string>>;
  /** Besides those, by what asks: where a browser's are lent that differ by kind. */
  readonly heads?: HeadsByKind | undefined;
  readonly compression: boolean;
  /** Only for the raw floor, which cannot tell messages or kinds apart by itself. */
  readonly messageBytes: number;
  readonly binary: boolean;
}

/** Polls of a client that polls, since it connected. */
export interface PollCount {
  readonly made: number;
  readonly empty: number;
  /** Polls that were due while the one before was still under way. */
  readonly skipped: number;
}

/** Who speaks in another process is told beforehand what to say when, and tells when it did. */
export interface Ahead {
  /** So long before a message is due it is handed over. */
  readonly leadNs: number;
  /** Resolves as `send` does. */
  send(data: Payload, dueNs: number, left: (atNs: number) => void): Promise<void>;
  /** From its first step until the first message could flow. */
  readonly readyNs: number;
}

export interface Connection {
  /** Where it speaks in another process. */
  readonly ahead?: Ahead;
  /**
   * Sends one message. Null where it was written there and then; else resolves when the server has taken it, and
   * rejects when it has not. (A promise a message, kept for nothing, would cost more than the frame.)
   */
  send(data: Payload): Promise<void> | null;
  /**
   * Resolves with a moment (ns) at which no exchange of this client was half-way: a phase can end there. Null
   * where no exchange ever is.
   */
  quiet(): Promise<number> | null;
  polls(): PollCount | null;
  /**
   * Breaks off the answers under way by closing what carries them. Only where an answer has a request of its own; whoever
   * shares a connection has to say so in a message.
   */
  readonly cancel?: () => void;
  /** When the polls are due: at origin + k · interval. Null where the transport keeps no such schedule. */
  readonly pollGrid: { readonly originNs: number; readonly intervalNs: number } | null;
  /** Ends the conversation as the protocol wants it ended. */
  close(): Promise<void>;
}

/** For connections without exchanges: what is said is said, and nobody polls. */
export const alwaysQuiet = () => null;
export const noPolls = () => null;

export interface Traits {
  /** Measured beside the chosen transports, to compare with; never one of `all`. */
  readonly reference: boolean;
  /** Whether `all` includes it. Variants and references are asked for by name. */
  readonly inAll: boolean;
  /** Whether the server can speak first. */
  readonly push: boolean;
  /** Whether one message may be answered with many, one after the other. */
  readonly pieces: boolean;
  /** Whether a message may be empty. */
  readonly emptyMessages: boolean;
  /** Whether the server is asked to number its events and replay them. */
  readonly resume: boolean;
  /** Whether its servers can share what they say to all, by an adapter. */
  readonly adapters?: true;
  /** Whether the library adds to a message what depends on the time: Socket.IO's offset. */
  readonly addsArguments: boolean;
  /** Whether what a client missed while it was away is kept and replayed. */
  readonly replays: boolean;
  /** Whether a client that was cut off comes back by itself. */
  readonly reconnects: boolean;
  /** How it waits before it comes back: as its library does, or as it is asked to. Left out where it does not, or polls on. */
  readonly comesBack?: PolicyName | 'as asked';
  /** Whether it asks on a schedule, whether there is news or not. */
  readonly polls: boolean;
  /** Whether a question is always out, waiting for news. */
  readonly parks: boolean;
  /** Whether the server can be told to send heartbeats. */
  readonly heartbeats: boolean;
  /** Whether the protocol can compress messages. */
  readonly compression: boolean;
  /** Round trips from dialling, TCP's own included, until the first message can flow. */
  readonly roundTripsToConnect: number;
  /** Of these, how many connections are dialled one after the other. */
  readonly connectsInTurn: number;
  /** Whether it asks for its stream of HTTP/2 by extended CONNECT (RFC 8441). */
  readonly extendedConnect: boolean;
  /** Admissible numbers of requests until the first message can flow. */
  readonly setupRequests: readonly number[];
  /** Least and greatest number of TCP connections of one client whose messages never overlap. */
  readonly connections: readonly [number, number];
  /**
   * How many of an attempt's connections, after the first, have to lead to the same server before it is let in: where
   * connections are kept, and where each request has one of its own. None unless told.
   */
  readonly ties?: readonly [kept: number, closed: number];
  /** What a server's process keeps of a message that waits for its reader, besides the payload (B, SLOW2); left out where nobody knows. */
  readonly keptBesides?: number;
  /** What an event of plain text has beside its payload, in a chunk of its own (B); null where there are no events. */
  readonly eventOverhead: number | null;
  /** Why its messages cannot go over HTTP/2; left out where they can. */
  readonly notOverHttp2?: Text;
  /** What the bytes look like from the first one on. */
  readonly wire: 'http' | 'raw';
  /** Ids of the exact laws that predict its bytes and requests; those of an answer follow from `pieces`. */
  readonly laws: readonly string[];
}

/** What most transports have in common; each file says only how it differs. */
export const usual = {
  reference: false,
  inAll: true,
  push: true,
  pieces: true,
  emptyMessages: true,
  resume: false,
  addsArguments: false,
  replays: false,
  reconnects: true,
  polls: false,
  parks: false,
  heartbeats: false,
  compression: false,
  connectsInTurn: 1,
  extendedConnect: false,
  wire: 'http',
  eventOverhead: null,
} as const satisfies Partial<Traits>;

export interface Transport {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The server it talks to, by name. */
  readonly server: string;
  /** What it speaks through; loaded before it connects. */
  readonly libraries?: readonly LibraryName[];
  readonly traits: Traits;
  /** Resolves when the first message can flow. */
  connect(options: ConnectOptions): Promise<Connection>;
}

/** A path of the protocol where the server has it. */
export const below = ({ prefix = '' }: Pick<ConnectOptions, 'prefix'>, path: string): string => prefix + path;

/** A path of ours, on which a client gives its name; where names are unknown, without one. */
export const asClient = (
  options: Pick<ConnectOptions, 'prefix' | 'client' | 'isPlain'>,
  path: string,
): string => below(options, path) + (options.isPlain ? '' : `?client=${options.client}`);

/** How a URL writes a literal address. */
export const authority = ({ host, port }: Pick<ConnectOptions, 'host' | 'port'>): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** The origin that a library is given: `https` and `wss` where the client's sockets are sealed. */
export const originUrl = (
  scheme: 'http' | 'ws',
  options: Pick<ConnectOptions, 'host' | 'port'> & { readonly dialer: Pick<Dialer, 'isSealed'> },
): string => `${scheme}${options.dialer.isSealed ? 's' : ''}://${authority(options)}`;
