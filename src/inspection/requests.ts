/**
 * Counts what was requested over HTTP: exchanges by kind, the GETs that may be polls, Engine.IO's own requests. An
 * answer is empty when it is a 204 or a 304, or when its content has no data: `[]`, `{}`, `""`, or a noop or ping
 * packet of Engine.IO.
 */
import { engineIoAt } from '../protocols/engine-io/endpoint.ts';
import { type Handshake, handshakeOf } from '../protocols/http1/upgrade-outcome.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Request, Response } from '../wire/message.ts';
import type { Span } from '../wire/span.ts';
import { isEventStream, watchAnswers } from './answer.ts';

export interface Asked {
  readonly path: string;
  readonly made: number;
  readonly empty: number;
}

export interface ExchangeTotal {
  readonly kind: string;
  readonly count: number;
  readonly up: number;
  readonly down: number;
  /** The exchange goes on, or was broken off, as streams usually are. */
  readonly isUnfinished?: true;
}

export interface Requests {
  readonly exchanges: readonly ExchangeTotal[];
  /** GETs by path. */
  readonly asked: readonly Asked[];
  /** `answered`: polls that had a session; `version3`: bodies in the format of version 3 that answer version 4. */
  readonly engineIo: Readonly<Record<'polling' | 'upgrades' | 'answered' | 'version3', number>>;
  /** See `handshakes` in the inspection's document. */
  readonly handshakes: {
    readonly asked: number;
    readonly stripped: number;
    readonly refused: number;
    readonly offering: number;
  };
  /** The path of the first request; empty before one has come. */
  readonly path: string;
  readonly begun: number;
  /** Exchanges that are neither upgrades (accepted or not), nor Engine.IO's, nor event streams. */
  readonly plain: number;
  /** To WebSocket. */
  readonly upgraded: boolean;
  /** An answer was an event stream, with or without events. */
  readonly streamed: boolean;
  /** Answers that came in pieces, over some time, and are no stream whose events can be parsed. */
  readonly slowBodies: { readonly responses: number; readonly chunks: number; readonly ms: number };
  /** Bodies that only say that a POST has arrived. */
  readonly acknowledgements: number;
  /** Bodies sent uncompressed although the client offered compression and their type shrinks. */
  readonly uncompressed: { readonly bodies: number; readonly bytes: number };
}

/** The most kinds of exchange, and paths, that are kept: a crawler must not fill the memory. */
const kindsKept = 1000;
/** Contents of an empty answer. */
const nothing = ['', '[]', '{}', '""'];
/** The same of Engine.IO: a noop or a ping, in version 3 behind its length. */
const nothingOfEngineIo = ['6', '2', '3', '1:6', '1:2', '1:3'];

export function countRequests() {
  const exchanges = new Map<string, ExchangeTotal>();
  const asked = new Map<string, Asked>();
  const engineIo = { polling: 0, upgrades: 0, answered: 0, version3: 0 };
  const handshakes = { asked: 0, stripped: 0, refused: 0, offering: 0 };
  const seen = { begun: 0, plain: 0, upgraded: false, streamed: false, acknowledgements: 0 };
  /** Requests without a complete answer, in order. */
  const pending = new Set<Request>();
  const uncompressed = { bodies: 0, bytes: 0 };
  const answers = watchAnswers();
  let path: string | null = null;

  const countHandshake = ({ outcome, offersCompression }: Handshake, { target }: Request) => {
    handshakes.asked++;
    if (outcome !== 'agreed') return handshakes[outcome]++;
    if (offersCompression) handshakes.offering++;
    if (engineIoAt(target)) engineIo.upgrades++;
    seen.upgraded = true;
  };
  const countAnswer = (request: Request, response: Response) => {
    const { method } = request;
    const { status } = response;
    const { content, isStream } = answers.of(response);
    const isEngineIo = engineIoAt(request.target) !== undefined;
    if (isEngineIo) {
      engineIo.polling++;
      if (status === 200) engineIo.answered++;
    } else if (!isStream) seen.plain++;
    if (method === 'POST' && !isEngineIo && isAcknowledgement(status, content)) seen.acknowledgements++;
    if (method !== 'GET' || isStream || isAsset(request, response)) return;
    const empty = saysNothing(status, content, isEngineIo);
    addAsked(asked, { path: pathOf(request), made: 1, empty: empty ? 1 : 0 });
  };

  return {
    /** @param beginning makes the first bytes of the span's. */
    tell(span: Span<Layer>, beginning: () => Uint8Array, atNs: number) {
      const { message, layer, name, mark } = span;
      if (message.kind === 'request' && layer === 'http' && mark === 'unit') {
        seen.begun++;
        path ??= pathOf(message);
        pending.add(message);
      }
      if (message.direction === 'up') return;
      answers.tell(span, beginning, atNs);
      if (message.kind !== 'response') return;
      if (layer === 'http' && isEventStream(message)) seen.streamed = true;
      if (layer === 'engine.io' && name === 'length' && asksForVersion4(message)) engineIo.version3++;
    },
    answered(request: Request, response: Response) {
      pending.delete(request);
      answers.complete(response);
      const kind = `${request.method} ${pathOf(request)} ${response.status}`;
      add(exchanges, { kind, count: 1, up: request.bytes, down: response.bytes });
      const { bodyBytes } = answers.of(response);
      if (mightBeCompressed(request, response) && bodyBytes > 0) {
        uncompressed.bodies++;
        uncompressed.bytes += bodyBytes;
      }
      const handshake = handshakeOf(request, response);
      if (handshake) countHandshake(handshake, request);
      else if (response.status !== 101) countAnswer(request, response);
    },
    /** The request's stream was reset before its answer was complete; the connection goes on. */
    brokenOff(request: Request) {
      pending.delete(request);
      for (const one of unfinished([request])) add(exchanges, one);
    },
    read: (): Requests => ({
      exchanges: sumExchanges([[...exchanges.values()], unfinished(pending)]),
      slowBodies: answers.slowBodies(),
      uncompressed: { ...uncompressed },
      asked: [...asked.values()],
      path: path ?? '',
      engineIo: { ...engineIo },
      handshakes: { ...handshakes },
      ...seen,
    }),
  };
}

/** A page's own file, requested again because it may have changed: no poll, however often. */
const isAsset = (request: Request, { headers }: Response): boolean =>
  /\.(css|m?js|html?|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|wasm|mp[34]|webm)$/i.test(
    pathOf(request),
  ) || /^(text\/(css|javascript|html)|image|font|audio|video)\b/i.test(headers.get('content-type') ?? '');

/** The request accepts a compressing coding, the answer has none, and its type is one that compression shortens. */
function mightBeCompressed({ headers: asks }: Request, { headers }: Response): boolean {
  const offered = (asks.get('accept-encoding') ?? '')
    .split(',')
    .some((coding) => /^\s*(gzip|deflate|br|zstd|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding));
  const type = headers.get('content-type') ?? '';
  return (
    offered &&
    !headers.has('content-encoding') &&
    /^text\/|json|xml|javascript|wasm|x-www-form-urlencoded/i.test(type)
  );
}

function saysNothing(status: number, content: string, isEngineIo: boolean): boolean {
  if (status === 204 || status === 304) return true;
  return status === 200 && (nothing.includes(content) || (isEngineIo && nothingOfEngineIo.includes(content)));
}

const asksForVersion4 = ({ peer }: Response): boolean =>
  peer !== null && engineIoAt(peer.target)?.version === 4;

/** `202 Accepted`, or a body that says `ok`: it answers the request, and is no message of the application. */
const isAcknowledgement = (status: number, content: string): boolean =>
  content !== '' && (status === 202 || /^ok$/i.test(content));

function unfinished(pending: Iterable<Request>): ExchangeTotal[] {
  const sums = new Map<string, ExchangeTotal>();
  for (const request of pending) {
    const { method, bytes, peer } = request;
    const kind = [method, pathOf(request), ...(peer ? [peer.status] : [])].join(' ');
    add(sums, { kind, count: 1, up: bytes, down: peer?.bytes ?? 0, isUnfinished: true });
  }
  return [...sums.values()];
}

/** Characters kept of a path: up to `kindsKept` paths are in memory. */
const longestPath = 1000;

function pathOf({ target }: Request): string {
  const path = target.split('?', 1)[0] ?? '';
  return path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
}

/** Both lists in one, by kind. */
export function sumExchanges(lists: readonly (readonly ExchangeTotal[])[]): ExchangeTotal[] {
  const sums = new Map<string, ExchangeTotal>();
  for (const one of lists.flat()) add(sums, one);
  return [...sums.values()];
}

export function sumAsked(lists: readonly (readonly Asked[])[]): Asked[] {
  const sums = new Map<string, Asked>();
  for (const one of lists.flat()) addAsked(sums, one);
  return [...sums.values()];
}

function add(to: Map<string, ExchangeTotal>, { kind, count, up, down, isUnfinished }: ExchangeTotal): void {
  const state = isUnfinished ? { isUnfinished } : {};
  const key = isUnfinished ? `${kind} unfinished` : kind;
  const isKnown = to.has(key) || to.size < kindsKept;
  const before = to.get(isKnown ? key : 'other') ?? { count: 0, up: 0, down: 0 };
  const sum = { count: before.count + count, up: before.up + up, down: before.down + down };
  if (isKnown) to.set(key, { kind, ...sum, ...state });
  else to.set('other', { kind: 'other', ...sum });
}

function addAsked(to: Map<string, Asked>, { path, made, empty }: Asked): void {
  const before = to.get(path) ?? { made: 0, empty: 0 };
  if (to.has(path) || to.size < kindsKept)
    to.set(path, { path, made: before.made + made, empty: before.empty + empty });
}
