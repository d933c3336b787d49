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
  /** Null where an entry does not say which was its own. */
  connections: count.nullable(),
  /** Connections that carried one plain request and nothing else. */
  singleRequests: count.nullable(),
  /** What they weigh with their frames is not known. */
  steadyMessages: z.array(
    z.object({ direction: z.enum(['up', 'down']), text: z.string(), count, periodMs: z.number() }),
  ),
  /** By method, path without its query, and status; null where one of them has bytes that nobody knows. */
  exchanges: z.array(
    z.object({
      kind: z.string(),
      count,
      up: count.nullable(),
      down: count.nullable(),
      /** No answer is in the archive. */
      isUnfinished: z.literal(true).optional(),
    }),
  ),
  source: z.object({
    kind: z.literal('har'),
    /** The program that wrote it, as it calls itself. */
    creator: z.string(),
    entries: count,
    /** Of these not counted: answered by the browser's cache, or no HTTP. */
    leftOut: count,
    /** Without an answer: broken off, going on, or never sent. */
    unanswered: count,
    /** HTTP/1.x without a size of its headers: computed from the fields, as HTTP/1.1 writes them. */
    computed: count,
    /** Answered entries with bytes that nobody knows, up or down: HTTP/2 and 3, and bodies without a size. */
    unweighed: count,
    /** Answered entries that do not say which connection was theirs. */
    withoutConnection: count,
    /** Event streams whose text is not in the archive: their events are in no figure. */
    unheardStreams: count,
    /** WebSockets whose messages are not in the archive. */
    unheardSockets: count,
  }),
});

export type Archive = z.infer<typeof archiveSchema>;
