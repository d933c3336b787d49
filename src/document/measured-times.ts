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
  /** How far each time may be off where two clocks were compared; missing where there was only one clock. */
  errorNs: z.number().optional(),
  /** Non-empty logarithmic buckets: [lower bound, upper bound, samples]. */
  histogram: z.array(z.tuple([z.number(), z.number(), count])),
});

/**
 * How the server's clock on another machine differed from the clients': ages are converted to the clients' clock with
 * it.
 */
export const clockSchema = z.object({
  /** Server less client, when the measured phase began. */
  offsetNs: z.number(),
  /** Half of the shortest round trip: ages are off by at most this. */
  errorNs: z.number(),
  /** How much faster the server's clock ran, in parts per million, and the error of that. */
  driftPpm: z.number(),
  driftErrorPpm: z.number(),
});

/** Times of one kind, without their name. */
const spreadSchema = z.object({ count, min: z.number(), p50: quantile, p95: quantile, max: z.number() });

/** Answers that were broken off in the middle by one kind of client. */
const brokenShape = {
  clients: count,
  /** Pieces that the client heard before it broke off. */
  heard: count,
  /** Pieces that the server sent afterwards: of all clients, and the most of one; how long it went on, per client. */
  saidAfter: count,
  saidAfterMost: count,
  serverKnewMs: z.array(z.number()),
};

export const streamSchema = z.object({
  /** Answers that were asked for, and the number of pieces in each. */
  answers: count,
  pieces: count,
  /** From the question's due time to its first piece; and between two pieces of an answer that was not broken off. */
  first: spreadSchema.nullable(),
  gaps: spreadSchema.nullable(),
  /**
   * Steady bytes down per piece that arrived, by their owner: heads of answers and polls count for the pieces they
   * brought.
   */
  perPiece: z.array(z.object({ layer, bytes: z.number() })),
  cancelled: z
    .object({
      ...brokenShape,
      by: z.enum(['closing', 'message']),
      /** The cost of breaking off: bytes both ways and requests per client, and connections that are gone with it. */
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
