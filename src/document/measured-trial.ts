/** A trial as it stands in the report: what was asked, counted, timed, spent and predicted. */
import { z } from 'zod';
import { askedShape } from './asked.ts';
import { browserSideSchema } from './browser-side.ts';
import { count, direction, exchangeSchema, fieldSchema, wireSchema } from './carried-bytes.ts';
import { bareStreamSchema, farSideSchema } from './far-side.ts';
import { clockSchema, latencySchema, quantile, streamSchema } from './measured-times.ts';

/** `noisy`: read with care. `invalid`: do not read at all. */
export const verdictSchema = z.enum(['valid', 'noisy', 'invalid']);

const resourcesSchema = z.object({
  cpuMs: z.number(),
  rssBytes: z.number(),
  /** How long the event loop kept its timers waiting, 99th percentile of the steady phase. */
  loopDelayP99Ms: z.number(),
  /** The longest single wait. */
  loopDelayMaxMs: z.number(),
});

export const predictionSchema = z.object({
  metric: z.string(),
  law: z.string(),
  /** A number; or the possible values of a metric that depends on a race. */
  predicted: z.union([z.number(), z.array(z.number())]),
  /** Several values if the clients differ: the distinct ones, ascending. */
  measured: z.union([z.number(), z.array(z.number())]).nullable(),
  unit: z.string(),
  /** How far a mean or a share may lie from its law by chance; 0 for exact laws. */
  tolerance: z.number(),
  verdict: z.enum(['holds', 'differs', 'not-applicable']),
  /** It would differ, but the trial was noisy, so there is no verdict. */
  withheld: z.literal(true).optional(),
  /** It would differ, but real proxies stood on the way and answered in part for what was measured: their names. */
  proxy: z.string().optional(),
  /** It would differ, but this run did not start the server, or the time of the way to its machine is not known. */
  elsewhere: z.enum(['server', 'way']).optional(),
});

export const noteSchema = z.object({ kind: z.string(), value: z.union([z.number(), z.string()]) });

export const trialSchema = z.object({
  ...askedShape,
  verdict: verdictSchema,
  durationMs: z.number(),
  latency: latencySchema.nullable(),
  /** How late the load generator was in sending; the transport is not to blame for it. */
  lateness: z.object({ p50: quantile, p99: quantile }),
  delivery: z.object({
    sent: count,
    delivered: count,
    lost: count,
    duplicated: count,
    reordered: count,
    /**
     * Messages that reached the server more than once, in all phases; each was taken once. Null if the server does not
     * check.
     */
    sentAgain: count.nullable().default(null),
    errors: z.record(z.string(), count),
  }),
  /** HTTP requests and TCP connections, all phases, all clients. */
  requests: count,
  connections: count,
  /** Application messages of the steady phase. */
  messages: z.object({ up: count, down: count }),
  /** Polls of the steady phase; null where the transport does not poll. */
  polls: z.object({ made: count, empty: count, skipped: count }).nullable(),
  wire: wireSchema,
  fields: z.array(fieldSchema),
  exchanges: z.array(exchangeSchema),
  /** Steady wire bytes of a direction, payload included, per message of that direction; null without messages. */
  perMessage: z.object({
    up: z.number().nullable(),
    down: z.number().nullable(),
    overhead: z.number().nullable(),
    /** Writes of the client and reads from the server, per message: TCP segments, where none is too long for one. */
    segments: z.number().nullable().default(null),
  }),
  setup: z.object({ bytes: count, requests: count, connections: count }),
  /** Stages of connecting (from dialling on) and of leaving (from closing on); a client counts once in each. */
  stages: z.array(
    z.object({ stage: z.string(), count, minNs: z.number(), p50Ns: z.number(), maxNs: z.number() }),
  ),
  /** Time from a chat message's due time to its first and to its last receiver. */
  fanOut: z.object({ first: latencySchema, last: latencySchema }).nullable(),
  /** Delivered messages per second of the steady phase; null without messages. */
  throughput: z.number().nullable(),
  /** From the end of the outage to the first message heard again, for each client that heard one. */
  outage: z
    .object({
      startedMs: z.number(),
      brokenMs: z.number(),
      clients: count,
      recovered: count,
      recoveryMs: z.array(z.number()),
    })
    .nullable(),
  /** Answers in pieces; null in every scenario without them. */
  stream: streamSchema.nullable().default(null),
  /** Per client and hour, extrapolated from the steady phase of a trial without messages. */
  idle: z
    .object({ seconds: z.number(), bytes: z.number(), requests: z.number(), wakeUps: z.number() })
    .nullable(),
  /** Bytes that one more connection keeps: the slope over several numbers of clients, after garbage collection. */
  memory: z
    .object({
      /** Null where the server could not be asked. */
      serverBytes: z.number().nullable(),
      clientBytes: z.number(),
      steps: z.array(count),
    })
    .nullable(),
  /** Of a herd: when each client was back, in ms from the end of the outage, ascending; missing elsewhere. */
  returnedMs: z.array(z.number()).optional(),
  /** Figures that only this scenario has, by the names of its metrics; missing where it has none. */
  figures: z.record(z.string(), z.number()).optional(),
  /** The units that carried one message of the steady phase between one client and its server, in order. */
  sequence: z
    .array(
      z.object({
        /** Since the first of them. */
        atNs: z.number(),
        connection: count,
        direction,
        /** `GET /mailbox`, `204 No Content`, `event`, `text` or `binary` frame; empty on a bare connection. */
        what: z.string(),
        /** How many of these were sent at once, and how many messages they carry. */
        count,
        messages: count,
        bytes: count,
        /** An HTTP request and its response have the same number, from 1 on; older reports have none. */
        exchange: count.optional(),
      }),
    )
    .default([]),
  /** Between the last real proxy and the server; missing where none stood on the way. */
  farSide: farSideSchema.optional(),
  /** Only of an event stream behind a real proxy, where the server speaks first. */
  bareStream: bareStreamSchema.optional(),
  /** The engine whose pages were the clients; missing where the clients were Node's own. */
  browser: browserSideSchema.optional(),
  /** Only where the server's times were read from another machine's clock. */
  clock: clockSchema.optional(),
  /** The kind of server that was measured, if this run had not started it. */
  target: z.enum(['far', 'foreign']).optional(),
  resources: z.object({
    /** Null if it was not measured: the trial was cut short, or the server could not be asked. */
    client: resourcesSchema.nullable(),
    server: resourcesSchema.nullable(),
    /** Only where a link was emulated; older reports have none. */
    relay: resourcesSchema.optional(),
    /** Only of a proxy that runs in Node; other proxies cannot be asked. */
    proxy: resourcesSchema.optional(),
  }),
  /**
   * What the laws predict for the same load over a link with this round trip; null where there was a link, or no law.
   */
  overDistance: z
    .object({ rttMs: z.number(), law: z.string(), lowMs: z.number(), highMs: z.number() })
    .nullable()
    .default(null),
  predictions: z.array(predictionSchema),
  notes: z.array(noteSchema),
});
