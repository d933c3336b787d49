/**
 * What every two-way dissector offers: both directions of one connection, fed in the order they were seen.
 * Dissectors do no I/O and read no clock; the same bytes give the same spans for every way of cutting them.
 */
import type { Message, Request, Response } from './message.ts';
import type { Direction, Tell } from './span.ts';

/** Receives the spans of both directions, and the ends of exchanges. */
export interface Listener<Layer extends string = string> {
  readonly tell: Tell<Layer>;
  /** A request and its response are both complete; an upgrade is complete at the blank line of the 101. */
  readonly answered?: ((request: Request, response: Response) => void) | undefined;
  /** A request gets no response, or an incomplete one, and the connection stays open. */
  readonly brokenOff?: ((request: Request) => void) | undefined;
}

export interface Conversation {
  /** Takes the next bytes of one direction. Never throws, whatever the bytes are. */
  push(direction: Direction, bytes: Uint8Array): void;
  /** The connection is closed: bytes still held back are told now (as `unparsed` where a unit is incomplete). */
  end(): void;
}

/** Adds the length of each span to its message and to all the messages that carry that one. */
export const weighing =
  <Layer extends string>(tell: Tell<Layer>): Tell<Layer> =>
  (span) => {
    for (let one: Message | null = span.message; one; one = one.parent) one.bytes += span.length;
    tell(span);
  };

/** Makes the dissector of one connection: the first, unless an ordinal is given. */
export type Dissect<Layer extends string = string> = (
  listener: Listener<Layer>,
  ordinal?: number,
) => Conversation;
