/**
 * The report, version 1: plain JSON, the one document between what measures and what tells. One zod schema gives the
 * types, the validation and the published JSON Schema. Keys may be added, never changed.
 *
 * Units: times in nanoseconds unless the name says otherwise, sizes in bytes, rates per second.
 */
import { z } from 'zod';
import { connectOutcomes } from '../base/failure.ts';
import { layers } from '../protocols/layers.ts';
import { overs } from '../protocols/over.ts';
import { phases } from '../wire/span.ts';

const count = z.number().int().nonnegative();
const direction = z.enum(['up', 'down']);
const phase = z.enum(phases);
const layer = z.enum(layers);

/** `noisy`: read with care. `invalid`: do not read at all. */
const verdictSchema = z.enum(['valid', 'noisy', 'invalid']);

const loadSchema = z.object({
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
  outage: z.enum(['cut', 'silent']),
  outageMs: z.number(),
  /** CPU time burnt at every write of the server, to make a machine slower than it is. */
  writeCostUs: z.number(),
  /** What only its scenario is asked, by the keys of its knobs; missing where there is nothing. */
  own: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])).optional(),
});

const linkSchema = z.object({
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

const quantile = z.number().nullable();

const latencySchema = z.object({
  /** `echo`: the client's due time → the echo handled. `age`: the server's due time → the event handled. */
  kind: z.enum(['echo', 'age']),
  unit: z.literal('ns'),
  count,
  min: z.number(),
  mean: z.number(),
  p50: quantile,
  p90: quantile,
  p95: quantile,
  p99: quantile,
  max: z.number(),
  /** Non-empty logarithmic buckets: [lower bound, upper bound, samples]. */
  histogram: z.array(z.tuple([z.number(), z.number(), count])),
});

/** Times of one kind, without what they are called. */
const spreadSchema = z.object({ count, min: z.number(), p50: quantile, p95: quantile, max: z.number() });

/** Answers that were broken off in the middle, by one kind of client. */
const brokenShape = {
  clients: count,
  /** Pieces heard until then. */
  heard: count,
  /** Pieces that the server said afterwards, and for how long after it the server went on, in all clients. */
  saidAfter: count,
  saidAfterMost: count,
  serverKnewMs: z.array(z.number()),
};

const streamSchema = z.object({
  /** Answers asked for, and pieces of each. */
  answers: count,
  pieces: count,
  /** From the question's due time to its first piece, and between two pieces while nobody broke the answer off. */
  first: spreadSchema.nullable(),
  gaps: spreadSchema.nullable(),
  /** Steady bytes down per piece that arrived, by their owner: heads of answers and polls fall on the pieces they brought. */
  perPiece: z.array(z.object({ layer, bytes: z.number() })),
  cancelled: z
    .object({
      ...brokenShape,
      by: z.enum(['closing', 'message']),
      /** What saying it took: bytes both ways and requests a client, and connections that are gone with it. */
      bytes: z.number(),
      requests: z.number(),
      connections: z.number(),
    })
    .nullable(),
  cut: z
    .object({
      ...brokenShape,
      /** Pieces that were never heard; clients that heard more after the cut. */
      lost: count,
      continued: count,
    })
    .nullable(),
});

const resourcesSchema = z.object({
  cpuMs: z.number(),
  rssBytes: z.number(),
  /** How long the event loop kept its timers waiting, 99th percentile of the steady phase. */
  loopDelayP99Ms: z.number(),
  /** The longest single wait. */
  loopDelayMaxMs: z.number(),
});

const predictionSchema = z.object({
  metric: z.string(),
  law: z.string(),
  /** A number, or the admissible values of a metric that races. */
  predicted: z.union([z.number(), z.array(z.number())]),
  /** Several values where each client has its own: the different ones, ascending. */
  measured: z.union([z.number(), z.array(z.number())]).nullable(),
  unit: z.string(),
  /** How far a mean or a share may lie from its law by chance; 0 for exact laws. */
  tolerance: z.number(),
  verdict: z.enum(['holds', 'differs', 'not-applicable']),
  /** It would differ, but the trial was noisy: no verdict. */
  withheld: z.literal(true).optional(),
});

const noteSchema = z.object({ kind: z.string(), value: z.union([z.number(), z.string()]) });

const exchangeSchema = z.object({
  /** Method, path without its query, status: `GET /mailbox 204`. */
  kind: z.string(),
  phase,
  count,
  /** Whole exchanges of one size: request bytes, response bytes, how many. At most 64 sizes are kept. */
  sizes: z.array(z.object({ up: count, down: count, count })),
});

export const wireSchema = z.object({
  up: count,
  down: count,
  /** What Node's own sockets counted: bytesRead + bytesWritten. */
  socketBytes: count,
  layers: z.array(z.object({ layer, direction, phase, units: count, bytes: count })),
});

export const fieldSchema = z.object({ layer, name: z.string(), direction, phase, count, bytes: count });

/** What was to be measured, whatever came of it. */
const askedShape = {
  transport: z.string(),
  /** Measured beside the chosen transports, to compare with; never one of `all`. */
  reference: z.boolean(),
  scenario: z.string(),
  load: loadSchema,
  link: linkSchema,
  repeat: count,
  /** What HTTP went over; older reports know only clear-text HTTP/1.1. */
  over: z.enum(overs).default('http'),
};

const trialSchema = z.object({
  ...askedShape,
  verdict: verdictSchema,
  durationMs: z.number(),
  latency: latencySchema.nullable(),
  /** How late the generator was in sending (not part of what a transport can help). */
  lateness: z.object({ p50: quantile, p99: quantile }),
  delivery: z.object({
    sent: count,
    delivered: count,
    lost: count,
    duplicated: count,
    reordered: count,
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
  /** Stages of connecting and leaving, from dialling (from closing) on; a client counts once in each. */
  stages: z.array(
    z.object({ stage: z.string(), count, minNs: z.number(), p50Ns: z.number(), maxNs: z.number() }),
  ),
  /** When everyone hears: from the due time to the first and to the last receiver. */
  fanOut: z.object({ first: latencySchema, last: latencySchema }).nullable(),
  /** Delivered messages per second of the steady phase; null without messages. */
  throughput: z.number().nullable(),
  /** From healing to the first message heard again, for each client that heard one. */
  outage: z
    .object({
      startedMs: z.number(),
      brokenMs: z.number(),
      clients: count,
      recovered: count,
      recoveryMs: z.array(z.number()),
    })
    .nullable(),
  /** Answers that came piece by piece; null in every other scenario. */
  stream: streamSchema.nullable().default(null),
  /** Per client and hour, extrapolated from the steady phase of a trial without messages. */
  idle: z
    .object({ seconds: z.number(), bytes: z.number(), requests: z.number(), wakeUps: z.number() })
    .nullable(),
  /** Bytes one more connection keeps, by the slope over several numbers of clients, after garbage collection. */
  memory: z
    .object({
      /** Null where the server could not be asked. */
      serverBytes: z.number().nullable(),
      clientBytes: z.number(),
      steps: z.array(count),
    })
    .nullable(),
  /** What only this scenario asks for, by the names of its metrics; missing where it has no such figures. */
  figures: z.record(z.string(), z.number()).optional(),
  /** What carried one message of the steady phase between one client and its server, in order. */
  sequence: z
    .array(
      z.object({
        /** Since the first of them. */
        atNs: z.number(),
        connection: count,
        direction,
        /** `GET /mailbox`, `204 No Content`, `event`, `text` or `binary` frame; empty on a bare connection. */
        what: z.string(),
        /** How many of these in one go, and how many messages they carry. */
        count,
        messages: count,
        bytes: count,
        /** An HTTP request and its response have the same number, from 1 on; older reports have none. */
        exchange: count.optional(),
      }),
    )
    .default([]),
  resources: z.object({
    /** Null where nobody can tell: the trial was cut short, or, of a server, it could not be asked. */
    client: resourcesSchema.nullable(),
    server: resourcesSchema.nullable(),
    /** Only where a link was emulated; older reports have none. */
    relay: resourcesSchema.optional(),
  }),
  /** What the laws say of the same load over a link with this round trip; null where there was a link, or no law. */
  overDistance: z
    .object({ rttMs: z.number(), law: z.string(), lowMs: z.number(), highMs: z.number() })
    .nullable()
    .default(null),
  predictions: z.array(predictionSchema),
  notes: z.array(noteSchema),
});

/** A transport whose clients could not connect: what was to be measured, and what came of it. */
const unconnectedSchema = z.object({
  ...askedShape,
  outcome: z.enum(connectOutcomes),
  /** The HTTP status of the answer that refused it; null where there was none. */
  status: count.nullable(),
  /** Why, and what to do about it. */
  told: z.object({ en: z.string(), ko: z.string() }),
});

/** A threshold of the configuration, and whether this run met it. */
const outcomeSchema = z.object({
  /** As written: `ws p95 <= 1.2 x tcp`. */
  rule: z.string(),
  /** A missed `error` ends the run with exit code 1; `strict` does where it is undecided, too. */
  level: z.enum(['error', 'strict', 'warn']),
  transport: z.string(),
  scenario: z.string(),
  metric: z.string(),
  unit: z.string(),
  /** The median over repeats, and what it was held against; null where there was nothing to hold. */
  measured: z.number().nullable(),
  limit: z.number().nullable(),
  /** Of what was measured, from five repeats on. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable().default(null),
  verdict: z.enum(['met', 'missed', 'undecided', 'too-few', 'not-measured', 'not-compared']),
  /** In words, why it could not be judged; or why it stands although a trial was noisy. */
  reason: z.object({ en: z.string(), ko: z.string() }).nullable().default(null),
});

/** What a probe of a running server found: see `claims/fact-kinds.ts` for its words and its unit. */
const probedSchema = z.object({
  metric: z.string(),
  value: z.union([z.number(), z.string()]).nullable(),
  transport: z.string(),
});

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  tool: z.object({ name: z.literal('rtcompare'), version: z.string() }),
  environment: z.object({
    node: z.string(),
    platform: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: count,
    dependencies: z.record(z.string(), z.string()),
  }),
  plan: z.object({
    seed: count,
    transports: z.array(z.string()),
    /** One name, or several joined by commas, as given on the command line. */
    scenario: z.string(),
    load: loadSchema,
    link: linkSchema,
    /** Middleboxes before the server, as written on the command line. */
    proxy: z.string().default('none'),
    headers: z.string(),
    /** What HTTP goes over, joined by commas; version of TLS and key of the certificate, where it is over TLS. */
    over: z.string().default('http'),
    tls: z.string().default('1.3'),
    certificate: z.string().default('ecdsa'),
    /** `none`, or a duration such as `25s`: the same for all transports. */
    heartbeat: z.string(),
    keepAlive: z.boolean(),
    compression: z.boolean(),
    host: z.string(),
    repeat: count,
    timeoutMs: z.number(),
  }),
  startedAt: z.string(),
  durationMs: z.number(),
  interrupted: z.boolean(),
  verdict: verdictSchema,
  trials: z.array(trialSchema),
  /** What could not connect, in the place of a trial. */
  unconnected: z.array(unconnectedSchema).default([]),
  /** Facts for the rows of the documents' tables that no load answers. */
  probed: z.array(probedSchema).default([]),
  thresholds: z.array(outcomeSchema).default([]),
  summary: z.array(
    z.object({
      transport: z.string(),
      scenario: z.string(),
      load: loadSchema,
      link: linkSchema,
      over: z.enum(overs).default('http'),
      metric: z.string(),
      median: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
});

/** What two trials have in common that may be told together, whatever transport and scenario they are of. */
export const conditionsOf = ({ load, link, over }: Pick<Trial, 'load' | 'link' | 'over'>) =>
  JSON.stringify([load, link, over]);

export type Report = z.infer<typeof reportSchema>;
export type Trial = z.infer<typeof trialSchema>;
export type Unconnected = z.infer<typeof unconnectedSchema>;
export type Load = z.infer<typeof loadSchema>;
export type Link = z.infer<typeof linkSchema>;
export type Latency = z.infer<typeof latencySchema>;
export type Note = z.infer<typeof noteSchema>;
export type Prediction = z.infer<typeof predictionSchema>;
export type TrialVerdict = z.infer<typeof verdictSchema>;
export type ThresholdOutcome = z.infer<typeof outcomeSchema>;
export type Plan = Report['plan'];
