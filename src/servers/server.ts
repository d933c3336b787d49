/**
 * The two halves of every server. A *carrier* (one file for each transport) knows how messages travel; a *behaviour*
 * knows what to answer. Any behaviour runs on any carrier, so the servers stay small and comparable.
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
  /** Sends to every client, also those of other servers. Only if the carrier can reach them. */
  readonly sendToAll?: ((data: Payload) => void) | undefined;
  /**
   * Says that the answer to this message goes on after `message` has returned; returns a function that ends it. Only if
   * a response carries this answer alone, so that it has an end.
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
  /** A client that has not polled for this long counts as gone. */
  readonly mailboxSilenceMs: number;
  /** How long an idle connection is kept; law POLL8 says how long it must be. */
  readonly keepAliveTimeoutMs: number;
  /** Interval of pings and stream comments; null = none. */
  readonly heartbeatMs: number | null;
  readonly compression: boolean;
  /** Whether the event stream numbers its events and replays them. */
  readonly resume: boolean;
  /** Whether messages that a client cannot take at once are dropped, as Socket.IO does with volatile events. */
  readonly volatile?: boolean;
  /** Frame size of the raw TCP floor, which has no other way to tell where a message ends. */
  readonly messageBytes: number;
  /** CPU time burnt at every write to a socket: what a slower machine, or a busier server, would need. */
  readonly writeCostUs: number;
  /** Limit of a message in bytes; by default the protocol's. */
  readonly maxMessageBytes?: number;
  /** By default HTTP/1.1 in clear text. */
  readonly over?: Over;
  /** Only over TLS. */
  readonly tls?: ServerTls | undefined;
  /** Called with each socket that is accepted. */
  readonly onSocket?: (socket: Socket) => void;
  /** Called for each repeated message, which is then not delivered again; without it all are delivered. */
  readonly onSentAgain?: () => void;
  /** Called for each session that opens (1) or ends (-1), if a session can exist without a connected client. */
  readonly onSession?: (change: 1 | -1) => void;
  /** How this server passes what it sends to all clients on to other servers. */
  readonly adapter?: AdapterOptions | undefined;
  /** The same adapter, once it is open. */
  readonly openAdapter?: OpenAdapter | undefined;
  /** Fixed `date` field over HTTP/2, where its size on the wire depends on its characters; by default the time. */
  readonly date?: string;
}

export interface ServerTls extends Certificate {
  readonly version: TlsVersion;
}

/** How long a server holds a long poll before it answers 204. */
export const usualHoldMs = 25_000;

/** Options of a server that people use by hand, with browsers and curl: it keeps quiet connections open. */
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

/** What became of the bytes written to one connection: the kernel took them, or they still wait in this process. */
export interface Outgoing {
  /** The client's port, which identifies the connection. */
  readonly port: number;
  readonly takenBytes: number;
  /** Above 0 if the other end does not read. */
  readonly waitingBytes: number;
}

export interface RunningServer {
  readonly port: number;
  /** One entry for each open connection. */
  readonly outgoing?: () => Outgoing[];
  /** How many clients were disconnected because more than `mostUnreadBytes` waited for them. */
  readonly overloaded?: () => number;
  /** Refuses new connections, ends streams, destroys sockets. Done within a second. */
  close(): Promise<void>;
}

export interface Server {
  readonly name: string;
  /** A server that does not listen yet: the caller makes it listen, or hands it requests and upgrades. */
  create(behaviour: Behaviour, options: ServerOptions): NetServer;
  start(behaviour: Behaviour, options: ServerOptions): Promise<RunningServer>;
  /** Lines to try it by hand. */
  tryIt(origin: string): string[];
}
