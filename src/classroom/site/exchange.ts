/**
 * One HTTP exchange on its way through the relay, with whatever follows it on the same stream: frames after an upgrade,
 * chunks of an event stream. Its spans are kept to be looked at: all of the opening, and the newest of the rest.
 */

import type { Span } from '../../tap/spans.ts';
import type { Weight } from '../page/talk.ts';
import type { Place } from './place.ts';

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
  status: number;
  /** An event stream, or upgraded: what has begun here goes on. */
  streams: boolean;
  readonly spans: Span[];
  /** Spans before the first frame or chunk. */
  opening: number;
  /** What is being weighed each way: the exchange itself, then each frame or chunk. */
  readonly piece: { up: Piece; down: Piece };
}

const spansKept = 240;

const newPiece = (): Piece => ({ up: 0, down: 0, json: 0 });

type Asked = Pick<Exchange, 'place' | 'method' | 'target' | 'connection'>;

export function openExchange(asked: Asked): Exchange {
  const whole = newPiece();
  return {
    ...{ ...asked, status: 0, streams: false, spans: [], opening: 0 },
    piece: { up: whole, down: whole },
  };
}

/** Adds the next span: to what is kept, and to the weight of the frame or chunk it belongs to. */
export function addSpan(exchange: Exchange, span: Span): void {
  const { spans } = exchange;
  const begins = startsFrame(span);
  if (begins) exchange.streams = true;
  if (begins && exchange.opening === 0) exchange.opening = spans.length;
  if (begins) {
    exchange.piece[span.direction] = newPiece();
    const excess = spans.length - exchange.opening - spansKept;
    // Cut where something begins, or the first unit shown would be torn.
    if (excess > 0) {
      const until = nextBeginning(spans, exchange.opening + excess);
      spans.splice(exchange.opening, until - exchange.opening);
    }
  }
  const piece = exchange.piece[span.direction];
  piece[span.direction] += span.bytes.length;
  if (span.layer === 'payload') piece.json += span.bytes.length;
  // Of page files nobody wants to see the bytes.
  if (exchange.place) spans.push(span);
}

const startsFrame = ({ layer, name }: Span) =>
  (layer === 'websocket' && name === 'opcode') || (layer === 'chunk' && name === 'size');

/** The first place at `from` or later at which a frame or a chunk begins. */
function nextBeginning(spans: readonly Span[], from: number): number {
  const found = spans.findIndex((span, index) => index >= from && startsFrame(span));
  return found < 0 ? spans.length : found;
}
