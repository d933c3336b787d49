/** The cases: a transport, and whether the server sends messages, pings or keep-alive probes. */
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
/** Idle time before TCP's own keep-alive probe. */
export const keepAliveDelayMs = 2000;
export const trafficEveryMs = 100;
/** Engine.IO's default ping timeout. */
export const socketIoTimeoutMs = 20_000;

/** When each case was noticed, in ms after the client vanished; missing if it was not. */
type Noticed = Partial<Record<Way, number>>;

export interface Seen {
  readonly watchedMs: number;
  readonly server: Noticed;
  readonly client: Noticed;
}

export const serverAddress = '10.77.0.1';
export const clientAddress = '10.77.0.2';

/** Messages between the two processes. */
export type ToClients = { readonly connect: Readonly<Record<Way, number>> } | { readonly vanish: true };
export type FromClients =
  | { readonly ready: true }
  | { readonly connected: true }
  | { readonly vanished: true }
  | { readonly closed: Way };
