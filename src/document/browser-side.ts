/** What a trial knows of the browser whose pages were its clients: who it is, how good its clock is, what its requests weigh. */
import { z } from 'zod';
import { count } from './carried-bytes.ts';
import { requestKinds } from './request-kinds.ts';

export type RequestKind = (typeof requestKinds)[number];

/** What requests say of themselves, by what asks. */
export type HeadsByKind = Readonly<Record<RequestKind, Readonly<Record<string, string>>>>;

const requestHeadSchema = z.object({
  kind: z.enum(requestKinds),
  /** Of the first one, and of the last: over HTTP/2 what was said before is only pointed at. */
  bytes: count,
  lastBytes: count,
  /** Of the first one, in their order; the request line, or what HTTP/2 says in its place, is among them. */
  fields: z.array(z.object({ name: z.string(), value: z.string(), bytes: count })),
});

export const browserSideSchema = z.object({
  engine: z.string(),
  version: z.string(),
  userAgent: z.string(),
  /** The least step of the pages' clock, and how far it may be off from ours. */
  clockStepMs: z.number(),
  clockErrorMs: z.number(),
  /** Whether pages were isolated, which gives them the finest clock that the engine has. */
  isIsolated: z.boolean(),
  /** What the recording relay kept a chunk waiting, median; null where there were none. */
  relayDelayMs: z.number().nullable(),
  /** How long a page kept its timers waiting in the measured phase, 99th percentile and most, of the worst of them. */
  waitedP99Ms: z.number(),
  waitedMaxMs: z.number(),
  heads: z.array(requestHeadSchema),
});

export type BrowserSide = z.infer<typeof browserSideSchema>;
export type RequestHead = z.infer<typeof requestHeadSchema>;
