/** What a trial carried on the other side of the real proxies: between them and the server. */
import { z } from 'zod';
import { count, direction, layer } from './carried-bytes.ts';

/** What the proxies changed in a head. */
export const headChangeSchema = z.object({
  message: z.enum(['request', 'response']),
  /**
   * `framing`: another field says where the body ends. `renamed`: the name has another case, or another name has the
   * value of one that is gone; `near` and `far` then hold the names.
   */
  change: z.enum(['added', 'removed', 'renamed', 'changed', 'framing', 'version']),
  /** Of the field, in lower case. */
  name: z.string(),
  /** The value on the clients' side and on the server's side; null where the field is not there. */
  near: z.string().nullable(),
  far: z.string().nullable(),
});

const exchangeChangeSchema = headChangeSchema.extend({
  /** The first exchange of its kind: method, path without its query, status: `GET /events 200`. */
  exchange: z.string(),
});

export const farSideSchema = z.object({
  /** The names of the proxies from the clients outwards, separated by commas. */
  proxies: z.string(),
  up: count,
  down: count,
  /** What the sockets of the server counted. */
  socketBytes: count,
  requests: count,
  connections: count,
  /** Of all phases: the server does not know the phases. */
  layers: z.array(z.object({ layer, direction, units: count, bytes: count })),
  changes: z.array(exchangeChangeSchema),
});

/** What the same number of bare clients saw of the same events through the same proxies, after the others had left. */
export const bareStreamSchema = z.object({
  events: count,
  /** Reads in which at least one event ended. */
  pieces: count,
  /** Median age of an event. */
  p50Ms: z.number(),
});

export type BareStream = z.infer<typeof bareStreamSchema>;
export type FarSide = z.infer<typeof farSideSchema>;
export type HeadChange = z.infer<typeof headChangeSchema>;
export type ExchangeChange = z.infer<typeof exchangeChangeSchema>;
