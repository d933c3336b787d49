/**
 * The kept run of `probe proxies` (docs/proxies.json): what each configuration does to a stream and to an upgrade, for
 * users who do not have these proxies at hand.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const streamSchema = z.object({
  how: z.enum(['event by event', 'late', 'buffered', 'at the end', 'broken']),
  ms: z.number().optional(),
  bytes: z.number().optional(),
});

/** What a recommendation reads of a row; the others are for people. */
const rowSchema = z.object({
  name: z.string(),
  flavour: z.string(),
  version: z.string(),
  stream: streamSchema,
  /** With what an application can do about it; null where nothing had to be done. */
  helpedStream: streamSchema.nullable(),
  upgrade: z.object({ how: z.string(), status: z.number().nullable() }),
});
export type KeptPassage = z.infer<typeof rowSchema>;

const keptSchema = z.object({ proxies: z.array(rowSchema) });

export const readKeptPassages = (): readonly KeptPassage[] =>
  keptSchema.parse(JSON.parse(readFileSync(new URL('../../../docs/proxies.json', import.meta.url), 'utf8')))
    .proxies;
