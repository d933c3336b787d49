/**
 * What a transport is: a plain value that says how its client connects and sends, and what must hold of it. Everything
 * else (command line, tables, contract tests, reports) iterates over the registry and knows no transport by name.
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

/** When another process received a message, and its full length: that process passes on only the beginning. */
export interface HeardElsewhere {
  readonly atNs: number;
  readonly bytes: number;
}

export interface ConnectOptions {
  /** Literal address and port of the server, for URLs and Host headers; sockets come from the dialer. */
  readonly host: string;
  readonly port: number;
  /** Names this client to the server: four characters, so that every client's requests are equally long. */
  readonly client: string;
  /** The path below which the server is mounted; none by default. */
  readonly prefix?: string;
  /** The server speaks the formats of docs/wire-formats.md, in which clients send no name. */
  readonly isPlain?: boolean;
  /** The Socket.IO event that carries a message; ours by default. */
  readonly event?: string;
  readonly dialer: Dialer;
  /** HTTP/1.1 in clear text by default. If it is over TLS, the dialer's connections are too. */
  readonly over?: Over;
  /** The libraries that the transport names, loaded. */
  readonly library: LibraryOf;
  readonly clock: Clock;
  readonly random: Random;
  /** @param heard given if another process received it. */
  readonly onMessage: (data: Payload, heard?: HeardElsewhere) => void;
  /** Something went wrong that did not end the connection for good; `kind` is counted in the report. */
  readonly onError: (kind: string) => void;
  /** A stage of connecting is done, for transports with several: `connected`, then `upgraded`. */
  readonly onStage: (stage: 'connected' | 'upgraded') => void;
  /** How long it waits before it reconnects, for transports that leave this to the application. */
  readonly reconnect?: PolicyName;
  /** When a handshake is given up, for transports that leave this to the application; never by default. */
  readonly handshakeTimeoutMs?: number | undefined;
  /** The connection was lost, and has been restored after this many attempts. */
  readonly onBack?: (attempts: number) => void;
  /** The connection was lost, and the client will not reconnect by itself. */
  readonly onGaveUp?: () => void;
  /**
   * If given, the client keeps trying to connect until the signal is aborted, and reports each refused attempt: in a
   * cluster a server may not know a session that another has begun.
   */
  readonly persist?: { readonly signal: AbortSignal; readonly onRefused: () => void } | undefined;
  readonly pollIntervalMs: number;
  /** How long a server may hold a long poll; the client waits ten seconds longer. */
  readonly holdMs: number;
  readonly keepAlive: boolean;
  /** Sent with every request, besides the headers that the library needs: see headers.ts. */
  readonly headers: Readonly<Record<string, string>>;
  /** Sent besides those, by kind of request: the headers recorded from a browser. */
  readonly heads?: HeadsByKind | undefined;
  readonly compression: boolean;
  /** Only for the transport `tcp`, which has no framing: the size of every message; `binary` says its kind. */
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

/** A client in another process: it gets each message before it is due, and reports when it sent it. */
export interface Ahead {
  /** How long before its due time a message is handed over. */
  readonly leadNs: number;
  /** Resolves as `send` does. */
  send(data: Payload, dueNs: number, left: (atNs: number) => void): Promise<void>;
  /** How long connecting took, from its first step until the first message could flow. */
  readonly readyNs: number;
}

export interface Connection {
  /** Set if the client runs in another process. */
  readonly ahead?: Ahead;
  /**
   * Sends one message. Null if it was written at once; else resolves when the server has accepted it, and rejects when
   * it has not. (A promise for each message that is only written would cost more than the frame.)
   */
  send(data: Payload): Promise<void> | null;
  /**
   * Resolves with a time (ns) at which no exchange of this client was half-way: a phase can end there. Null for
   * transports without exchanges.
   */
  quiet(): Promise<number> | null;
  polls(): PollCount | null;
  /**
   * Aborts the responses under way by closing what carries them. Only for transports whose answers have a request each;
   * a transport with one shared connection must send a message instead.
   */
  readonly cancel?: () => void;
  /** Polls are due at origin + k · interval. Null for transports without such a schedule. */
  readonly pollGrid: { readonly originNs: number; readonly intervalNs: number } | null;
  /** Closes the connection as the protocol prescribes. */
  close(): Promise<void>;
}

/** For transports without exchanges (`alwaysQuiet`) and without polls (`noPolls`). */
export const alwaysQuiet = () => null;
export const noPolls = () => null;

export interface Traits {
  /** Measured besides the chosen transports, to compare with; never one of `all`. */
  readonly reference: boolean;
  /** Whether `all` includes it. Variants and references are asked for by name. */
  readonly inAll: boolean;
  /** Whether the server can send without a request. */
  readonly push: boolean;
  /** Whether one message may be answered with many, one after the other. */
  readonly pieces: boolean;
  /** Whether a message may be empty. */
  readonly emptyMessages: boolean;
  /** Whether the server is asked to number its events and replay them. */
  readonly resume: boolean;
  /** Whether its servers can share broadcasts through an adapter. */
  readonly adapters?: true;
  /** Whether the library adds an argument to a message, such as Socket.IO's offset, whose size varies. */
  readonly addsArguments: boolean;
  /** Whether messages that a client missed while disconnected are kept and replayed. */
  readonly replays: boolean;
  /** Whether a client that lost its connection reconnects by itself. */
  readonly reconnects: boolean;
  /** How it waits before it reconnects: by a policy, or as asked. Left out if it never does, or goes on polling. */
  readonly comesBack?: PolicyName | 'as asked';
  /** Whether it polls on a schedule. */
  readonly polls: boolean;
  /** Whether it always has a request outstanding that waits for messages. */
  readonly parks: boolean;
  /** Whether the server can be told to send heartbeats. */
  readonly heartbeats: boolean;
  /** Whether the protocol can compress messages. */
  readonly compression: boolean;
  /** Round trips from dialling until the first message can flow, TCP's own included. */
  readonly roundTripsToConnect: number;
  /** How many connections are dialled one after the other for that. */
  readonly connectsInTurn: number;
  /** Whether it opens its HTTP/2 stream by extended CONNECT (RFC 8441). */
  readonly extendedConnect: boolean;
  /** Admissible numbers of requests until the first message can flow. */
  readonly setupRequests: readonly number[];
  /** Least and greatest number of TCP connections of one client whose messages never overlap. */
  readonly connections: readonly [number, number];
  /**
   * In a cluster: how many connections of an attempt to connect, after the first, must reach the same server as the
   * first. `kept`: with keep-alive; `closed`: with a connection for each request. None by default.
   */
  readonly ties?: readonly [kept: number, closed: number];
  /** Bytes a server keeps of a message that waits to be sent, besides its payload (SLOW2); left out if not measured. */
  readonly keptBesides?: number;
  /** Bytes of a plain-text event in its own chunk, besides its payload; null for transports without events. */
  readonly eventOverhead: number | null;
  /** Why its messages cannot go over HTTP/2; left out if they can. */
  readonly notOverHttp2?: Text;
  /** The protocol of its first byte. */
  readonly wire: 'http' | 'raw';
  /** Ids of the exact laws that predict its bytes and requests; the laws of streamed answers follow from `pieces`. */
  readonly laws: readonly string[];
}

/** What most transports have in common; each file gives only what differs. */
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
  /** The libraries it uses; loaded before it connects. */
  readonly libraries?: readonly LibraryName[];
  readonly traits: Traits;
  /** Resolves when the first message can flow. */
  connect(options: ConnectOptions): Promise<Connection>;
}

/** A path of the protocol, below the path at which the server is mounted. */
export const below = ({ prefix = '' }: Pick<ConnectOptions, 'prefix'>, path: string): string => prefix + path;

/** A path of our servers, with the client's name in the query; without it for servers that know no names. */
export const asClient = (
  options: Pick<ConnectOptions, 'prefix' | 'client' | 'isPlain'>,
  path: string,
): string => below(options, path) + (options.isPlain ? '' : `?client=${options.client}`);

/** How a URL writes a literal address. */
export const authority = ({ host, port }: Pick<ConnectOptions, 'host' | 'port'>): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

/** The origin that a library is given: `https` or `wss` if the client's sockets use TLS. */
export const originUrl = (
  scheme: 'http' | 'ws',
  options: Pick<ConnectOptions, 'host' | 'port'> & { readonly dialer: Pick<Dialer, 'isSealed'> },
): string => `${scheme}${options.dialer.isSealed ? 's' : ''}://${authority(options)}`;
