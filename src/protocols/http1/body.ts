/**
 * Which dissector reads the body of an HTTP message: a new wire format adds a line to the table. The same table reads
 * our own transports, a browser and a foreign application.
 */

import type { Open } from '../../wire/reader.ts';
import type { Direction } from '../../wire/span.ts';
import { verbatim } from '../../wire/verbatim.ts';
import { type Coding, coded } from '../coding/content-coding.ts';
import { paths } from '../contract.ts';
import { engineIoAt, sessionIdOf } from '../engine-io/endpoint.ts';
import { engineIoPayload } from '../engine-io/engine-io.ts';
import type { Sessions } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { readMailbox } from '../mailbox/mailbox.ts';
import { boundaryOf, multipartBody } from '../multipart/multipart.ts';
import { jsonLines } from '../ndjson/ndjson.ts';
import { eventStream } from '../sse/sse.ts';
import { engineIoRefusal, refusal } from './refusal.ts';

export interface Body {
  /** `up` is a request's body, `down` a response's. */
  readonly direction: Direction;
  /** Of the request, also where a response is read. */
  readonly method: string;
  readonly target: string;
  /** Of the response; 0 in a request. */
  readonly status: number;
  readonly contentType: string;
  /** It has our mailbox's cursor header. The path alone does not suffice: other servers may have the same one. */
  readonly hasCursor: boolean;
  /** The request asked for a WebSocket. If the response has a body, the upgrade failed. */
  readonly isHandshake: boolean;
  /** Content coding, or transfer coding other than chunked. */
  readonly coding: Coding;
}

/** The first line that gives a dissector decides. */
const table: readonly ((body: Body, sessions: Sessions) => Open<Layer> | undefined)[] = [
  (body) => (isMailbox(body) && isSuccess(body.status) ? readMailbox : undefined),
  (body) => (body.direction === 'down' && isEventStream(body.contentType) ? eventStream : undefined),
  ({ direction, contentType }) => (direction === 'down' && isJsonLines(contentType) ? jsonLines : undefined),
  ({ direction, contentType }) =>
    direction === 'down' && isStreamOfParts(contentType) ? multipartBody(boundaryOf(contentType)) : undefined,
  engineIoBody,
  // The body is the application's message, even if it is empty.
  (body) => (carriesOneMessage(body) ? verbatim('payload', 'body', 'unit') : undefined),
];

export function dissectorOf(body: Body, sessions: Sessions): Open<Layer> {
  const refused = refusalBody(body);
  if (refused) return refused;
  const open = readerOf(body, sessions);
  if (body.coding === 'none') return open ?? verbatim('payload', 'body');
  // A body that no dissector reads need not be decompressed.
  return open && body.coding !== 'closed' ? coded(body.coding.open, open) : verbatim('payload', 'compressed');
}

function readerOf(body: Body, sessions: Sessions): Open<Layer> | undefined {
  for (const reads of table) {
    const open = reads(body, sessions);
    if (open) return open;
  }
  return undefined;
}

const isMailbox = ({ target, hasCursor }: Body) => hasCursor && endsWith(target, paths.mailbox);

const isSuccess = (status: number) => status >= 200 && status < 300;

/** Names under which lines of JSON travel: none is registered but json-seq (RFC 7464). */
const isJsonLines = (contentType: string) =>
  /^(application|text)\/((x-)?(ndjson|jsonl|jsonlines|json-seq)|stream\+json)[ \t]*([;,]|$)/i.test(
    contentType,
  );

/** Answers in parts; byte ranges (RFC 9110 §14.6) are one message, whatever its parts. */
const isStreamOfParts = (contentType: string) =>
  /^multipart\/(mixed|x-mixed-replace)[ \t]*;/i.test(contentType) && boundaryOf(contentType) !== '';

const isEventStream = (contentType: string) => /^text\/event-stream[ \t]*([;,]|$)/i.test(contentType);

/** Below whatever path a server is mounted. */
const endsWith = (target: string, path: string) => (target.split('?', 1)[0] ?? '').endsWith(path);

const messagePaths = [paths.message, paths.echo, paths.answer];

function carriesOneMessage({ direction, method, target, status }: Body): boolean {
  if (direction === 'up') return method === 'POST' && messagePaths.some((path) => endsWith(target, path));
  return endsWith(target, paths.echo) && status === 200;
}

/** A body that says why the request failed: of an error status, or of any response to a request for a WebSocket. */
function refusalBody({ direction, method, target, status, isHandshake }: Body): Open<Layer> | undefined {
  if (direction === 'up') return undefined;
  const isEngineIo = engineIoAt(target) !== undefined && /^(GET|POST)$/.test(method);
  if (isEngineIo && !isSuccess(status)) return engineIoRefusal;
  return status >= 400 || isHandshake ? refusal : undefined;
}

/** Engine.IO's polling: packets both ways; what answers a POST is a bare `ok`. */
function engineIoBody(body: Body, sessions: Sessions): Open<Layer> | undefined {
  const endpoint = engineIoAt(body.target);
  // A browser sends OPTIONS before it posts across origins (CORS preflight); its response has no packets.
  if (endpoint?.transport !== 'polling' || !/^(GET|POST)$/.test(body.method)) return undefined;
  if (body.direction === 'down' && body.method === 'POST') return verbatim('engine.io', 'ok');
  return engineIoPayload(endpoint, sessions.of(sessionIdOf(body.target)));
}
