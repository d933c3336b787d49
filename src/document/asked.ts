/** What was to be measured: under which load, over which link. */
import { z } from 'zod';
import { overs } from '../protocols/over.ts';
import { count } from './carried-bytes.ts';
import { speakers } from './speakers.ts';

export const loadSchema = z.object({
  clients: count,
  /** Messages per client in the steady phase. */
  messages: count,
  /** Messages per second and client. */
  rate: z.number().positive(),
  arrivals: z.string(),
  /** Upper bound of the steady phase; null = none. */
  durationMs: z.number().nullable(),
  /** Payload bytes of one message. */
  size: count,
  payload: z.enum(['text', 'binary']),
  pollIntervalMs: z.number().positive(),
  /** Warm-up messages per client. */
  warmup: count,
  /** Closed loop: a client waits for each answer, and latency counts from sending. */
  closed: z.boolean(),
  /** How the link breaks in the scenario `outage`, and for how long. */
  outage: z.enum(['cut', 'silent', 'refused', '503', 'accept-close']),
  outageMs: z.number(),
  /** CPU time burnt at every write of the server, to make a machine slower than it is. */
  writeCostUs: z.number(),
  /** Settings that only this scenario has, by the keys of its knobs; missing where there are none. */
  own: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])).optional(),
});

export const linkSchema = z.object({
  name: z.string(),
  /** One way, client → server and server → client, without jitter and without the time the bytes take on the line. */
  upDelayMs: z.number(),
  downDelayMs: z.number(),
  /** Null: as fast as the machine. */
  upBitsPerSecond: z.number().nullable(),
  downBitsPerSecond: z.number().nullable(),
  /** Each way adds a uniform draw from 0 to this: the mean RTT is both delays plus the jitter. */
  jitterMs: z.number(),
});

/** What was to be measured, even if the trial failed. */
export const askedShape = {
  transport: z.string(),
  /** Measured only to compare the chosen transports with; `all` never includes it. */
  reference: z.boolean(),
  scenario: z.string(),
  load: loadSchema,
  link: linkSchema,
  repeat: count,
  /** What HTTP went over; older reports know only clear-text HTTP/1.1. */
  over: z.enum(overs).default('http'),
  /** Missing where the clients were Node's own. */
  spokenBy: z.enum(speakers).optional(),
};
