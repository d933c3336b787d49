/**
 * One HTTP exchange on its way through the relay, with whatever follows it on the same stream: frames after an upgrade,
 * chunks of an event stream. Its spans are kept to be looked at: all of the opening, and the newest of the rest.
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
  /** Null: page files and control. */
  readonly place: Place | null;
  readonly method: string;
  /** As the browser asked for it. */
  readonly target: string;
  readonly connection: number;
  /** Whether it is a stream of HTTP/2, beside others on its connection. */
  readonly isHttp2: boolean;
  /** 0 until it is answered. */
  readonly status: number;
  /** An event stream, or upgraded: what has begun here goes on. */
  streams: boolean;
  readonly spans: RecordedSpan[];
  /** Spans before the first frame or chunk. */
  opening: number;
  /** What is being weighed each way: the exchange itself, then each frame or chunk. */
  readonly piece: { up: Piece; down: Piece };
  /** What begins a record of TLS or a frame of HTTP/2, until its content says whether a piece begins with it. */
  readonly wrapping: Readonly<Record<Direction, RecordedSpan[]>>;
}

const spansKept = 240;

const newPiece = (): Piece => ({ up: 0, down: 0, json: 0 });

/** @param request null for what belongs to no request. */
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

/** Adds the next span: to what is kept, and to the weight of the frame, chunk or event it belongs to. */
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
    // Cut where something begins, or the first unit shown would be torn.
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

/** A frame or a chunk begins, or an event where HTTP/2 has no chunks; the last chunk, which is empty, belongs to the one before. */
export const startsPiece = ({ layer, mark, name, message }: RecordedSpan): boolean =>
  mark === 'unit' &&
  (layer === 'websocket' ||
    (layer === 'chunk' && name !== 'last-chunk') ||
    (layer === 'sse' && message.stream > 0));

const wrappingNames = ['record-head', 'nonce', 'data-head', 'pad-length'];

/** It stands before content, and is of what the content is of. */
const isWrapping = ({ layer, name }: RecordedSpan): boolean =>
  (layer === 'tls' || layer === 'http2') && wrappingNames.includes(name);

/** The first place at `from` or later at which a frame, a chunk or an event begins, with what is around it. */
function nextBeginning(spans: readonly RecordedSpan[], from: number): number {
  let found = spans.findIndex((span, index) => index >= from && startsPiece(span));
  if (found < 0) return spans.length;
  while (found > from && isWrapping(spans[found - 1] as RecordedSpan)) found--;
  return found;
}
