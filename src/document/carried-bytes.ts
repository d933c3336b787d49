/** What a trial carried: bytes by owner, field and exchange. */
import { z } from 'zod';
import { layers } from '../protocols/layers.ts';
import { phases } from '../wire/span.ts';

export const count = z.number().int().nonnegative();

export const direction = z.enum(['up', 'down']);

const phase = z.enum(phases);

export const layer = z.enum(layers);

export const exchangeSchema = z.object({
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
