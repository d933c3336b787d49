/**
 * What an archive of DevTools (HAR) tells of an inspection, as plain JSON. What no archive holds is left out instead of
 * being 0: layers and fields, heads of frames, chunks, TLS, what was compressed, connections one by one.
 */
import { z } from 'zod';
import { inspectionSchema } from './inspection.ts';

const count = z.number().int().nonnegative();
const told = inspectionSchema.pick({
  ...({ schemaVersion: true, kind: true, target: true, startedAt: true, durationMs: true } as const),
  ...({ requests: true, messages: true, libraries: true, polls: true, engineIo: true } as const),
  ...({ handshakes: true, plainRequests: true, hints: true, thresholds: true } as const),
});

export const archiveSchema = told.extend({
  /** Null if an entry does not say which connection it used. */
  connections: count.nullable(),
  /** Connections that carried one plain request and nothing else. */
  singleRequests: count.nullable(),
  /** Their size with frames is not known: an archive holds none. */
  steadyMessages: z.array(
    z.object({ direction: z.enum(['up', 'down']), text: z.string(), count, periodMs: z.number() }),
  ),
  /** By method, path without its query, and status; null if the archive does not give the bytes of one of them. */
  exchanges: z.array(
    z.object({
      kind: z.string(),
      count,
      up: count.nullable(),
      down: count.nullable(),
      /** The archive holds no answer to it. */
      isUnfinished: z.literal(true).optional(),
    }),
  ),
  source: z.object({
    kind: z.literal('har'),
    /** The program that wrote it, as it calls itself. */
    creator: z.string(),
    entries: count,
    /** Entries of these that are not counted: answered by the browser's cache, or not HTTP. */
    leftOut: count,
    /** Without an answer: broken off, going on, or never sent. */
    unanswered: count,
    /** HTTP/1.x without a size of its headers: computed from the fields, as HTTP/1.1 writes them. */
    computed: count,
    /** Answered entries whose bytes, up or down, the archive does not give: HTTP/2 and 3, and bodies without a size. */
    unweighed: count,
    /** Answered entries that do not say which connection they used. */
    withoutConnection: count,
    /** Event streams whose text is not in the archive: their events are in no figure. */
    unheardStreams: count,
    /** WebSockets whose messages are not in the archive. */
    unheardSockets: count,
  }),
});

export type Archive = z.infer<typeof archiveSchema>;
