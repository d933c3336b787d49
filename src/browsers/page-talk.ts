/**
 * What a page and whoever drives it say to each other over the control connection: shapes, nothing that runs. Both sides
 * import this file. Times are milliseconds of the page's own clock.
 */

/** Transports that a page speaks with its own means, by their names. */
export const spokenLanes = ['polling', 'long-polling', 'sse', 'ws', 'socket.io', 'http'] as const;
export type SpokenLane = (typeof spokenLanes)[number];

export interface OpenLaneAsked {
  readonly lane: SpokenLane;
  /** Empty where the server does not ask who it is. */
  readonly client: string;
  readonly pollIntervalMs: number;
  readonly contentType: string;
  /** Whether a request has to open the connection first: a WebSocket joins one of HTTP/2 and never opens it. */
  readonly asksFirst: boolean;
}

/** Questions, each answered once by its number. */
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
  /** For the page that only opens others. */
  | { readonly type: 'visit'; readonly url: string; readonly isTab: boolean }
  | { readonly type: 'leave' };

export interface Opened {
  /** From its first step until messages can flow. */
  readonly tookMs: number;
}

export interface Rested {
  /** When nothing was half-way. */
  readonly atMs: number;
  readonly polls: { readonly made: number; readonly empty: number; readonly skipped: number } | null;
  /** Of its schedule, where it polls on one. */
  readonly pollsFromMs: number | null;
  /** How long the page kept its timers waiting since it rested last. */
  readonly waited: PageWaited;
}

export interface PageWaited {
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What happened in a page, in its order. */
export type PageHappening =
  | { readonly kind: 'left'; readonly number: number; readonly atMs: number }
  | { readonly kind: 'taken'; readonly number: number }
  | { readonly kind: 'lost'; readonly number: number }
  /** The beginning of a message, which says whose it is, and how long it was. */
  | { readonly kind: 'heard'; readonly head: string; readonly bytes: number; readonly atMs: number }
  | { readonly kind: 'broke' };

export interface Hello {
  readonly type: 'hello';
  readonly userAgent: string;
  readonly isVisible: boolean;
  /** Whether its clock is as fine as it can be. */
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

/** Where the control connection is asked for, and how a page is told its name. */
export const controlPath = '/control';
export const nameParameter = 'page';
/** The parameter by which a page learns where that is. */
export const controlParameter = 'control';
