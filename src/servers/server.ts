/**
 * The two halves of every server. A *carrier* (one file a transport) knows how messages travel; a *behaviour*
 * knows what to answer. Any behaviour runs on any carrier, so the servers stay tiny and match one another.
 */
import type { Server as NetServer, Socket } from 'node:net';
import type { Certificate } from '../base/certificate.ts';
import type { TlsVersion } from '../laws/tls.ts';
import type { Payload } from '../protocols/contract.ts';
import type { Over } from '../protocols/over.ts';
import type { AdapterOptions, OpenAdapter } from './adapter.ts';

/** A connected client, as a behaviour sees it. */
export interface Peer {
  send(data: Payload): void;
  /** To every client, those of other servers among them. Only where the carrier knows a way to them. */
  readonly sendToAll?: ((data: Payload) => void) | undefined;
  /**
   * More will be said in answer to the message in hand after it has been handled; returns what ends that answer. Only
   * where an answer has an end of its own: a response that carries nothing else.
   */
  readonly goesOn?: () => () => void;
}

export interface Behaviour {
  joined(peer: Peer): void;
  message(from: Peer, data: Payload): void;
  left(peer: Peer): void;
}

export interface ServerOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** How long an unanswered long poll is held before it gets 204. */
  readonly holdMs: number;
  /** A client that has not polled for this long has left. */
  readonly mailboxSilenceMs: number;
  /** How long an idle connection is kept; law POLL8 says how long it must be. */
  readonly keepAliveTimeoutMs: number;
  /** Interval of pings and stream comments; null = none. */
  readonly heartbeatMs: number | null;
  readonly compression: boolean;
  /** Whether the event stream numbers its events and replays them. */
  readonly resume: boolean;
  /** Whether what a client cannot take at once is dropped, where the library can do so (Socket.IO's volatile events). */
  readonly volatile?: boolean;
  /** Frame size of the raw TCP floor, which has no other way to tell where a message ends. */
  readonly messageBytes: number;
  /** CPU time burnt at every write to a socket: what a slower machine, or a busier server, would need. */
  readonly writeCostUs: number;
  /** No longer message is taken; the protocol's limit unless said otherwise. */
  readonly maxMessageBytes?: number;
  /** HTTP/1.1 in clear text unless said otherwise. */
  readonly over?: Over;
  /** Where it is over TLS. */
  readonly tls?: ServerTls | undefined;
  /** Told of each socket as it is accepted. */
  readonly onSocket?: (socket: Socket) => void;
  /** Told of each message that has come before; without it every message is taken as it comes. */
  readonly onSentAgain?: () => void;
  /** Told of each session that a server opens (1) and ends (-1), where a session is more than a client that speaks. */
  readonly onSession?: (change: 1 | -1) => void;
  /** How a server among several tells the others what it says to all. */
  readonly adapter?: AdapterOptions | undefined;
  /** It, once it is open. */
  readonly openAdapter?: OpenAdapter | undefined;
  /** What `date` says over HTTP/2, where its bytes depend on its characters; the time unless told. */
  readonly date?: string;
}

export interface ServerTls extends Certificate {
  readonly version: TlsVersion;
}

/** How long a server holds a long poll before it answers 204. */
export const usualHoldMs = 25_000;

/** Of a server that people come to, with browsers and curl: it waits for them, and keeps quiet connections open. */
export const patient = {
  holdMs: usualHoldMs,
  mailboxSilenceMs: 60_000,
  // Above the longest poll interval (law POLL8).
  keepAliveTimeoutMs: 65_000,
  heartbeatMs: 25_000,
  compression: false,
  resume: false,
  writeCostUs: 0,
} satisfies Partial<ServerOptions>;

/** What became of the bytes written to one connection: the system took them, or they wait in this process until it does. */
export interface Outgoing {
  /** Of the other end: it tells the connections apart. */
  readonly port: number;
  readonly takenBytes: number;
  /** More than none where the other end does not read. */
  readonly waitingBytes: number;
}

export interface RunningServer {
  readonly port: number;
  /** Of each connection that is open. */
  readonly outgoing?: () => Outgoing[];
  /** Clients that were put out because they did not read: more than `mostUnreadBytes` waited for them. */
  readonly overloaded?: () => number;
  /** Refuses new connections, ends streams, destroys sockets. Done within a second. */
  close(): Promise<void>;
}

export interface Server {
  readonly name: string;
  /** The server that does not listen yet: it listens by itself, or another one hands it requests and upgrades. */
  create(behaviour: Behaviour, options: ServerOptions): NetServer;
  start(behaviour: Behaviour, options: ServerOptions): Promise<RunningServer>;
  /** Lines to try it by hand. */
  tryIt(origin: string): string[];
}
