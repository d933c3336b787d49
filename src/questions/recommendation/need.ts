/** What an application needs, what was weighed for it, and what a transport then costs: the figures that pass between the models. */

import type { TcpHeaders } from './below-application.ts';

/** What an application needs; one client of it. */
export interface Need {
  /** Messages per second and client down; up as well unless `rateUp` says otherwise. */
  readonly rate: number;
  readonly rateUp: number;
  readonly direction: 'up' | 'down' | 'both';
  readonly size: number;
  readonly binary: boolean;
  readonly rttMs: number;
  /** Null: as long as `withinMs` allows. */
  readonly pollIntervalMs: number | null;
  /** The greatest age of an event on arrival, and the greatest delay of a message. */
  readonly withinMs: number;
  /** Pings and comments; null where there are none. */
  readonly heartbeatMs: number | null;
  /** Whether what lies between lets upgrades pass. */
  readonly upgrades: boolean | 'unknown';
  /**
   * What the way does to a response that does not end: passes it on, late or in pieces, or holds it to its end; or it
   * is unknown.
   */
  readonly streams:
    | 'pass'
    | 'held'
    | 'unknown'
    | { readonly lateMs: number }
    | { readonly pieceBytes: number };
  /** The silence after which it closes a connection. */
  readonly idleTimeoutMs: number | null;
  readonly tcp: TcpHeaders;
  readonly tls: boolean;
  /** HTTP/1.1, or HTTP/2; TLS is estimated around either. */
  readonly over: 'http' | 'h2';
  /** What is to be least: bytes, or the time for which a mobile radio is up. */
  readonly by: 'bytes' | 'radio';
  /** How long a mobile radio stays up after the last packet; null where that is nothing to this application. */
  readonly radioTailMs: number | null;
}

/** Bytes beside the message, of a request and of its answer. */
export interface WeighedHeads {
  readonly up: number;
  readonly down: number;
}

/** Read off the wire, payload and framing taken away. What could not be weighed is not there. */
export interface UnitCosts {
  /** One POST with its answer: to a server that keeps a mailbox or a stream, and to one that answers at once. */
  readonly post?: WeighedHeads;
  readonly postAndAnswer?: WeighedHeads;
  /** Read off `polling`, as `post` is: long polling is answered by the same code, and SSE sends the same POST. */
  readonly emptyPoll?: WeighedHeads;
  readonly fullPoll?: WeighedHeads;
  /** Socket.IO over polling. */
  readonly socketIoPost?: WeighedHeads;
  readonly socketIoPoll?: WeighedHeads;
  /** Until the first message can flow, by transport. */
  readonly setup: Readonly<Record<string, number>>;
}

/** What a transport asks of the way and of the page besides HTTP. */
export type Demand = 'upgrade' | 'library';

export interface TransportCost {
  readonly transport: string;
  /** The application's layer alone: payload, framing, heads. */
  readonly bytesPerHour: number;
  /** An estimate by the record; null where it is not asked for. */
  readonly tlsBytesPerHour: number | null;
  readonly tcpIpBytesPerHour: number | null;
  /** All that is counted. */
  readonly wireBytesPerHour: number;
  readonly requestsPerHour: number;
  /** At most. */
  readonly connections: number;
  /** On average: one that is closed after a silence is not always there. */
  readonly connectionsOpen: number;
  /** Connections that are opened anew because the server closed a silent one. */
  readonly reopenedPerHour: number;
  readonly wakeUpsPerHour: number | null;
  readonly radioSecondsPerHour: number | null;
  /** The same, if each request ended its connection (`Connection: close`); null where none is reopened. */
  readonly radioSecondsClosedPerHour: number | null;
  /** Mean age of an event on arrival, and the greatest; mean delay of a message up. Null where that direction is not used. */
  readonly ageMs: number | null;
  readonly latestMs: number | null;
  /** How late it is of both: what a limit is held against. */
  readonly lateMs: number;
  /** Of polling: how often it asks. */
  readonly pollIntervalMs: number | null;
  readonly delayMs: number | null;
  readonly setupBytes: number;
  /** It is silent for longer than a proxy on the way allows. */
  readonly isCut: boolean;
  /** It depends on a behaviour of the way that is not known. */
  readonly isUnsure: boolean;
  readonly demands: readonly Demand[];
  /** The laws it follows from. */
  readonly laws: readonly string[];
}
