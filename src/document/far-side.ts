/** What a trial carried on the other side of the real proxies: between them and the server. */
import { z } from 'zod';
import { count, direction, layer } from './carried-bytes.ts';

/** What they changed in a head. */
export const headChangeSchema = z.object({
  message: z.enum(['request', 'response']),
  /**
   * `framing`: where its body ends is told in another way. `renamed`: a name in another case, or another name with the value
   * of one that is gone; `near` and `far` are the names then.
   */
  change: z.enum(['added', 'removed', 'renamed', 'changed', 'framing', 'version']),
  /** Of the field, in lower case. */
  name: z.string(),
  /** As the clients have it, and as the server has it; null where it is not there. */
  near: z.string().nullable(),
  far: z.string().nullable(),
});

const exchangeChangeSchema = headChangeSchema.extend({
  /** The first of its kind: method, path without its query, status: `GET /events 200`. */
  exchange: z.string(),
});

export const farSideSchema = z.object({
  /** From the clients outwards, with commas. */
  proxies: z.string(),
  up: count,
  down: count,
  /** What the sockets of the server counted. */
  socketBytes: count,
  requests: count,
  connections: count,
  /** Of all phases: the server knows of none. */
  layers: z.array(z.object({ layer, direction, units: count, bytes: count })),
  changes: z.array(exchangeChangeSchema),
});

/** What as many bare clients saw of the same events through the same proxies, when the others had left. */
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
