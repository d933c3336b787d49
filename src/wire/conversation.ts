/**
 * What every two-way dissector offers: both directions of one connection, fed in the order they were seen.
 * Dissectors do no I/O and read no clock; the same bytes give the same spans for every way of cutting them.
 */
import type { Direction, Layer, Mark } from './span.ts';

/** Where the spans of both directions go. */
export type Sink = (direction: Direction, layer: Layer, name: string, bytes: number, mark: Mark) => void;

/** One HTTP request with its response, weighed whole; an upgrade ends with the 101's blank line. */
export interface Exchange {
  readonly method: string;
  /** The request target as sent, query included. */
  readonly target: string;
  readonly status: number;
  /** Bytes of the request, head and body (body: Content-Length or chunked framing included). */
  readonly up: number;
  /** Bytes of the response, head and body; interim 1xx responses included. */
  readonly down: number;
  /** Where a WebSocket was asked for. */
  readonly handshake?: Handshake | undefined;
}

/** What became of the request for a WebSocket. */
export interface Handshake {
  /** `stripped`: somebody on the way left the wish out, and the server answered a plain request. */
  readonly outcome: 'agreed' | 'stripped' | 'refused';
  readonly offersCompression: boolean;
}

export interface Conversation {
  /** Takes the next bytes of one direction. Never throws, whatever the bytes are. */
  push(direction: Direction, bytes: Uint8Array): void;
  /** The connection is closed: whatever was held back is owned now (`unparsed` when it is a torn piece). */
  end(): void;
}

/** Makes the dissector of one connection. */
export type Dissect = (sink: Sink, onExchange?: (exchange: Exchange) => void) => Conversation;
