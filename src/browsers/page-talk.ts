/**
 * What a page and its driver send each other over the control connection: types and constants, nothing that runs. Both
 * sides import this file. Times are milliseconds of the page's own clock.
 */

/** Transports that a page implements with browser APIs, by name. */
export const spokenLanes = ['polling', 'long-polling', 'sse', 'ws', 'socket.io', 'http'] as const;
export type SpokenLane = (typeof spokenLanes)[number];

export interface OpenLaneAsked {
  readonly lane: SpokenLane;
  /** Empty if the server does not ask for a client's name. */
  readonly client: string;
  readonly pollIntervalMs: number;
  readonly contentType: string;
  /** Whether a request has to open the connection first: a WebSocket joins an HTTP/2 connection and never opens one. */
  readonly asksFirst: boolean;
}

/** Questions; the page answers each once, by its number. */
export type PageQuestion =
  | { readonly type: 'clock' }
  | ({ readonly type: 'open' } & OpenLaneAsked)
  | { readonly type: 'quiet' }
  | { readonly type: 'close' }
  | { readonly type: 'probe'; readonly name: string; readonly values: readonly (string | number)[] };

export type PageOrder =
  | ({ readonly id: number } & PageQuestion)
  | { readonly type: 'go-on' }
  | { readonly type: 'say'; readonly number: number; readonly text: string; readonly dueMs: number }
  /** Only for the page that opens the others. */
  | { readonly type: 'visit'; readonly url: string; readonly isTab: boolean }
  | { readonly type: 'leave' };

export interface Opened {
  /** From the first step of connecting until messages can flow. */
  readonly tookMs: number;
}

export interface Rested {
  /** The moment at which no request was under way. */
  readonly atMs: number;
  readonly polls: { readonly made: number; readonly empty: number; readonly skipped: number } | null;
  /** When its poll schedule began, if it polls on one. */
  readonly pollsFromMs: number | null;
  /** How long the page kept its timers waiting since it was last asked. */
  readonly waited: PageWaited;
}

export interface PageWaited {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What happened in a page, in order. */
export type PageHappening =
  | { readonly kind: 'left'; readonly number: number; readonly atMs: number }
  | { readonly kind: 'taken'; readonly number: number }
  | { readonly kind: 'lost'; readonly number: number }
  /** The first characters of a message, which name its sender and number; and the message's length. */
  | { readonly kind: 'heard'; readonly head: string; readonly bytes: number; readonly atMs: number }
  | { readonly kind: 'broke' };

export interface Hello {
  readonly type: 'hello';
  readonly userAgent: string;
  readonly isVisible: boolean;
  /** Whether the page is isolated, so that its clock is as fine as the engine allows. */
  readonly isIsolated: boolean;
  /** The least step by which its clock was seen to move. */
  readonly stepMs: number;
}

export type FromPage =
  | Hello
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly id: number; readonly why: string }
  | { readonly type: 'happened'; readonly happenings: readonly PageHappening[] }
  | { readonly type: 'hidden' };

/** The path of the control connection, and the parameter that tells a page its name. */
export const controlPath = '/control';
export const nameParameter = 'page';
/** The parameter that tells a page the address of its control connection. */
export const controlParameter = 'control';
