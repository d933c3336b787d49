/**
 * What a trial knows of the browser whose pages were its clients: its name, how good its clock is, the size of its
 * requests.
 */
import { z } from 'zod';
import { count } from './carried-bytes.ts';
import { requestKinds } from './request-kinds.ts';

export type RequestKind = (typeof requestKinds)[number];

/** The headers of requests, by what sent them. */
export type HeadsByKind = Readonly<Record<RequestKind, Readonly<Record<string, string>>>>;

const requestHeadSchema = z.object({
  kind: z.enum(requestKinds),
  /** Of the first request and of the last: HTTP/2 (HPACK) only refers to headers that were sent before. */
  bytes: count,
  lastBytes: count,
  /** Of the first request, in order; the request line, or the pseudo-headers of HTTP/2 in its place, included. */
  fields: z.array(z.object({ name: z.string(), value: z.string(), bytes: count })),
});

export const browserSideSchema = z.object({
  engine: z.string(),
  version: z.string(),
  userAgent: z.string(),
  /** The least step of the pages' clock, and how far it may be off from the clock of this process. */
  clockStepMs: z.number(),
  clockErrorMs: z.number(),
  /** Whether pages were isolated, which gives them the finest clock that the engine has. */
  isIsolated: z.boolean(),
  /** How long the recording relay held a chunk, median; null if there were no chunks. */
  relayDelayMs: z.number().nullable(),
  /** How long the slowest page kept its timers waiting in the measured phase: 99th percentile and maximum. */
  waitedP99Ms: z.number(),
  waitedMaxMs: z.number(),
  heads: z.array(requestHeadSchema),
});

export type BrowserSide = z.infer<typeof browserSideSchema>;
export type RequestHead = z.infer<typeof requestHeadSchema>;
