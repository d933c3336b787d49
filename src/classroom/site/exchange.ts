/**
 * One HTTP exchange on its way through the relay, with whatever follows it on the same stream: frames after an upgrade,
 * chunks of an event stream. Its spans are kept to be looked at: all of the opening, and the newest of the rest.
 */

import type { RecordedSpan } from '../../tap/spans.ts';
import type { Request } from '../../wire/message.ts';
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
  /** 0 until it is answered. */
  readonly status: number;
  /** An event stream, or upgraded: what has begun here goes on. */
  streams: boolean;
  readonly spans: RecordedSpan[];
  /** Spans before the first frame or chunk. */
  opening: number;
  /** What is being weighed each way: the exchange itself, then each frame or chunk. */
  readonly piece: { up: Piece; down: Piece };
}

const spansKept = 240;

const newPiece = (): Piece => ({ up: 0, down: 0, json: 0 });

/** @param request null for what belongs to no request. */
export function openExchange(request: Request | null, connection: number): Exchange {
  const whole = newPiece();
  const { method, target } = request ?? { method: '', target: '' };
  return {
    ...{ method, target, connection, place: placeOf(target), streams: false, spans: [], opening: 0 },
    piece: { up: whole, down: whole },
    get status() {
      return request?.peer?.status ?? 0;
    },
  };
}

/** Adds the next span: to what is kept, and to the weight of the frame or chunk it belongs to. */
export function addSpan(exchange: Exchange, span: RecordedSpan): void {
  const { spans } = exchange;
  const { direction } = span.message;
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
  piece[direction] += span.length;
  if (span.layer === 'payload') piece.json += span.length;
  // Of page files nobody wants to see the bytes.
  if (exchange.place) spans.push(span);
}

/** A frame or a chunk begins; the last chunk, which is empty, belongs to the one before. */
export const startsPiece = ({ layer, mark, name }: RecordedSpan): boolean =>
  mark === 'unit' && (layer === 'websocket' || layer === 'chunk') && name !== 'last-chunk';

/** The first place at `from` or later at which a frame or a chunk begins. */
function nextBeginning(spans: readonly RecordedSpan[], from: number): number {
  const found = spans.findIndex((span, index) => index >= from && startsPiece(span));
  return found < 0 ? spans.length : found;
}
