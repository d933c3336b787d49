/** What is tried: a transport, and whether anybody speaks. */
export const ways = [
  'ws, idle',
  'ws, spoken to',
  'ws, pings',
  'ws, keep-alive',
  'sse, idle',
  'sse, spoken to',
  'sse, comments',
  'socket.io',
] as const;
export type Way = (typeof ways)[number];

export const pingsEveryMs = 2000;
/** After so long TCP's own keep-alive asks. */
export const keepAliveDelayMs = 2000;
export const trafficEveryMs = 100;
/** Engine.IO's own. */
export const socketIoTimeoutMs = 20_000;

/** Of each way when it was noticed, from when the client vanished (ms); missing where it was not. */
type Noticed = Partial<Record<Way, number>>;

export interface Seen {
  readonly watchedMs: number;
  readonly server: Noticed;
  readonly client: Noticed;
}

export const serverAddress = '10.77.0.1';
export const clientAddress = '10.77.0.2';

/** Between the two processes. */
export type ToClients = { readonly connect: Readonly<Record<Way, number>> } | { readonly vanish: true };
export type FromClients =
  | { readonly ready: true }
  | { readonly connected: true }
  | { readonly vanished: true }
  | { readonly closed: Way };
