/**
 * What every two-way dissector offers: both directions of one connection, fed in the order they were seen.
 * Dissectors do no I/O and read no clock; the same bytes give the same spans for every way of cutting them.
 */
import type { Message, Request, Response } from './message.ts';
import type { Direction, Tell } from './span.ts';

/** Whoever hears what both directions say. */
export interface Listener<Layer extends string = string> {
  readonly tell: Tell<Layer>;
  /** A request and its response are both complete; an upgrade is with the 101's blank line. */
  readonly answered?: ((request: Request, response: Response) => void) | undefined;
  /** A request will not be answered, or no further, and the connection goes on. */
  readonly brokenOff?: ((request: Request) => void) | undefined;
}

export interface Conversation {
  /** Takes the next bytes of one direction. Never throws, whatever the bytes are. */
  push(direction: Direction, bytes: Uint8Array): void;
  /** The connection is closed: whatever was held back is owned now (`unparsed` when it is a torn piece). */
  end(): void;
}

/** Each message, and whatever carries it, weighs what is told of it. */
export const weighing =
  <Layer extends string>(tell: Tell<Layer>): Tell<Layer> =>
  (span) => {
    for (let one: Message | null = span.message; one; one = one.parent) one.bytes += span.length;
    tell(span);
  };

/** Makes the dissector of one connection, the first unless its ordinal is told. */
export type Dissect<Layer extends string = string> = (
  listener: Listener<Layer>,
  ordinal?: number,
) => Conversation;
