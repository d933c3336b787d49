/**
 * One HTTP exchange on its way through the relay, with what follows it on the same stream: frames after an upgrade,
 * chunks of an event stream. Its spans are kept for display: all of the opening, and the newest of the rest.
 */

import type { RecordedSpan } from '../../tap/spans.ts';
import type { Request } from '../../wire/message.ts';
import type { Direction } from '../../wire/span.ts';
import type { Weight } from '../page/control-talk.ts';
import { type Place, placeOf } from './place.ts';

export interface Piece extends Weight {
  up: number;
  down: number;
  json: number;
}

export interface Exchange {
  /** Null for page files and `/control`. */
  readonly place: Place | null;
  readonly method: string;
  /** As the browser sent it. */
  readonly target: string;
  readonly connection: number;
  /** Whether it is a stream of HTTP/2, beside others on its connection. */
  readonly isHttp2: boolean;
  /** 0 until it is answered. */
  readonly status: number;
  /** An event stream, or upgraded: frames or chunks follow. */
  streams: boolean;
  readonly spans: RecordedSpan[];
  /** Spans before the first frame or chunk. */
  opening: number;
  /** What is weighed in each direction: first the exchange itself, then each frame or chunk. */
  readonly piece: { up: Piece; down: Piece };
  /** Heads of TLS records and HTTP/2 frames wait here until their content shows whether a new piece begins. */
  readonly wrapping: Readonly<Record<Direction, RecordedSpan[]>>;
}

const spansKept = 240;

const newPiece = (): Piece => ({ up: 0, down: 0, json: 0 });

/** @param request null for bytes that belong to no request. */
export function openExchange(request: Request | null, connection: number): Exchange {
  const whole = newPiece();
  const { method, target } = request ?? { method: '', target: '' };
  return {
    method,
    target,
    connection,
    place: placeOf(target),
    streams: false,
    spans: [],
    opening: 0,
    isHttp2: (request?.stream ?? 0) > 0,
    piece: { up: whole, down: whole },
    wrapping: { up: [], down: [] },
    get status() {
      return request?.peer?.status ?? 0;
    },
  };
}

/** Adds the next span to those that are kept, and to the weight of its frame, chunk or event. */
export function addSpan(exchange: Exchange, span: RecordedSpan): void {
  const { spans, wrapping } = exchange;
  const { direction } = span.message;
  if (isWrapping(span)) return void wrapping[direction].push(span);
  const wrapped = [...wrapping[direction].splice(0), span];
  if (startsPiece(span)) {
    exchange.streams = true;
    if (exchange.opening === 0) exchange.opening = spans.length;
    exchange.piece[direction] = newPiece();
    const excess = spans.length - exchange.opening - spansKept;
    // Drops whole pieces, or the first unit shown would be incomplete.
    if (excess > 0) {
      const until = nextBeginning(spans, exchange.opening + excess);
      spans.splice(exchange.opening, until - exchange.opening);
    }
  }
  const piece = exchange.piece[direction];
  for (const one of wrapped) {
    piece[direction] += one.length;
    if (one.layer === 'payload') piece.json += one.length;
    // The page shows no bytes of its own files, so they are not kept.
    if (exchange.place) spans.push(one);
  }
}

/** Whether a frame or chunk begins, or an event over HTTP/2, which has no chunks. The empty last chunk begins none. */
export const startsPiece = ({ layer, mark, name, message }: RecordedSpan): boolean =>
  mark === 'unit' &&
  (layer === 'websocket' ||
    (layer === 'chunk' && name !== 'last-chunk') ||
    (layer === 'sse' && message.stream > 0));

const wrappingNames = ['record-head', 'nonce', 'data-head', 'pad-length'];

/** Whether it is a head before content: it belongs to the same piece as the content. */
const isWrapping = ({ layer, name }: RecordedSpan): boolean =>
  (layer === 'tls' || layer === 'http2') && wrappingNames.includes(name);

/** The first index from `from` on at which a frame, chunk or event begins, heads before it included. */
function nextBeginning(spans: readonly RecordedSpan[], from: number): number {
  let found = spans.findIndex((span, index) => index >= from && startsPiece(span));
  if (found < 0) return spans.length;
  while (found > from && isWrapping(spans[found - 1] as RecordedSpan)) found--;
  return found;
}
