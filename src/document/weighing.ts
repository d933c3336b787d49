/**
 * A weighing: what each transport's scripted conversation costs, stage by stage and field by field. Everything in it
 * is exact: time cannot change it, only code can. Where a race has more than one outcome, all admissible ones are kept.
 */
import { z } from 'zod';
import { layers } from '../protocols/layers.ts';
import { count } from './carried-bytes.ts';

/** The stages of the conversation, in its order. What has no such thing leaves it out. `handshake`: of TLS, for one connection. */
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
  /** Per unit of its stage: how often, and how many bytes in all. */
  count: z.number(),
  bytes: z.number(),
  /** The value whose length changes from time to time; it was weighed at its shortest. */
  unsteady: z.string().optional(),
  /** How a header's line, or what a frame of HTTP/2 says of the connection, read the first time it was seen. */
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
      /** To the same metric of `tcp` in the same run: the median over repeats, with its interval. */
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
    /** Its version decides what a handshake of TLS offers; left out where none was weighed. */
    openssl: z.string().optional(),
    /** The version of each library that was weighed. */
    dependencies: z.record(z.string(), z.string()),
    /** Where each was found: in the folder that was asked, or, as it was not there or too old, among ours. */
    origins: z.record(z.string(), z.enum(['project', 'not-there', 'too-old'])).optional(),
    /** The version that the folder has of what was too old. */
    tooOld: z.record(z.string(), z.string()).optional(),
  }),
  transports: z.array(transportSchema),
  /** What could not be weighed, as it did not connect or fell silent, and why. */
  failed: z.array(z.object({ transport: z.string(), why: z.string() })).optional(),
  /** Only where asked for: times, which another machine does not share. */
  timings: timingsSchema.optional(),
});

export type Weighing = z.infer<typeof weighingSchema>;
/** The admissible outcomes of each stage; one, unless it races. */
export type TransportWeight = z.infer<typeof transportSchema>;
export type StageWeight = z.infer<typeof stageSchema>;
export type Timings = z.infer<typeof timingsSchema>;
export type WeighedField = z.infer<typeof fieldSchema>;
