/** Times of a trial, in nanoseconds unless the name says otherwise; and answers that came in pieces. */
import { z } from 'zod';
import { count, layer } from './carried-bytes.ts';

export const quantile = z.number().nullable();

export const latencySchema = z.object({
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
  /** How far each of them may be off, where two clocks were compared; missing where there was but one. */
  errorNs: z.number().optional(),
  /** Non-empty logarithmic buckets: [lower bound, upper bound, samples]. */
  histogram: z.array(z.tuple([z.number(), z.number(), count])),
});

/** How the server's clock differed from the clients', on another machine: ages were told by the clients' clock with it. */
export const clockSchema = z.object({
  /** Server less client, when the measured phase began. */
  offsetNs: z.number(),
  /** Half of what the quickest exchange took on the way: ages may be off by so much, and by no more. */
  errorNs: z.number(),
  /** How much faster the server's clock ran, in millionths, and how far off that may be. */
  driftPpm: z.number(),
  driftErrorPpm: z.number(),
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

export const streamSchema = z.object({
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
