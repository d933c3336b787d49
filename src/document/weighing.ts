/**
 * A weighing: what each transport's scripted conversation costs, stage by stage and field by field. Everything in it is
 * exact: only code can change it, time cannot. Where a race has more than one outcome, all admissible ones are kept.
 */
import { z } from 'zod';
import { layers } from '../protocols/layers.ts';
import { count } from './carried-bytes.ts';

/**
 * The stages of the conversation, in order. A transport leaves out those it does not have. `handshake`: of TLS, for one
 * connection.
 */
export const stages = [
  'handshake',
  'setup',
  'message',
  'binary',
  'event',
  'poll',
  'heartbeat',
  'close',
] as const;
export type Stage = (typeof stages)[number];

const fieldSchema = z.object({
  layer: z.enum(layers),
  /** A header's name, `masking-key`, `request-line` … */
  name: z.string(),
  direction: z.enum(['up', 'down']),
  /** Per unit of its stage: how often it occurs, and its bytes in all. */
  count: z.number(),
  bytes: z.number(),
  /** The value whose length changes from time to time; it was weighed at its shortest. */
  unsteady: z.string().optional(),
  /** The text of a header's line, or what an HTTP/2 frame says of the connection, the first time it was seen. */
  sample: z.string().optional(),
});

const stageSchema = z.object({
  /** How many messages, events, polls or heartbeats were weighed; figures below are for one of them. */
  units: count,
  up: z.number(),
  down: z.number(),
  requests: z.number(),
  connections: z.number(),
  fields: z.array(fieldSchema),
  /** Names of the headers in the order of the first request and response that were weighed. */
  order: z.object({ up: z.array(z.string()), down: z.array(z.string()) }).optional(),
});

const transportSchema = z.object({
  /** `ws`, `ws over https`, `ws over h2`. */
  transport: z.string(),
  stages: z.partialRecord(z.enum(stages), z.array(stageSchema).min(1)),
});

const timingsSchema = z.object({
  machine: z.object({
    node: z.string(),
    platform: z.string(),
    arch: z.string(),
    cpu: z.string(),
    cores: count,
  }),
  rows: z.array(
    z.object({
      transport: z.string(),
      scenario: z.string(),
      /** `latency.p50` or `latency.p95`. */
      metric: z.string(),
      /** Ratio to the same metric of `tcp` in the same run: the median over repeats, with its interval. */
      ratio: z.object({ median: z.number(), low: z.number(), high: z.number() }),
      valueNs: z.number(),
    }),
  ),
});

export const weighingSchema = z.object({
  schemaVersion: z.literal(1),
  kind: z.literal('weighing'),
  tool: z.object({ name: z.string(), version: z.string() }),
  environment: z.object({
    node: z.string(),
    /** The OpenSSL version decides what a TLS handshake offers; left out where no handshake was weighed. */
    openssl: z.string().optional(),
    /** The version of each library that was weighed. */
    dependencies: z.record(z.string(), z.string()),
    /**
     * Where each was found: in the project's folder, or among rtcompare's own because the folder's is missing or too
     * old.
     */
    origins: z.record(z.string(), z.enum(['project', 'not-there', 'too-old'])).optional(),
    /** The folder's version of each library that was too old. */
    tooOld: z.record(z.string(), z.string()).optional(),
  }),
  transports: z.array(transportSchema),
  /** Transports that could not be weighed, because they did not connect or fell silent, and why. */
  failed: z.array(z.object({ transport: z.string(), why: z.string() })).optional(),
  /** Only if they were asked for: times do not compare with those of another machine. */
  timings: timingsSchema.optional(),
});

export type Weighing = z.infer<typeof weighingSchema>;
/** The admissible outcomes of each stage: one, unless the stage races. */
export type TransportWeight = z.infer<typeof transportSchema>;
export type StageWeight = z.infer<typeof stageSchema>;
export type Timings = z.infer<typeof timingsSchema>;
export type WeighedField = z.infer<typeof fieldSchema>;
