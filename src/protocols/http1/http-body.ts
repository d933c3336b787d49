/**
 * Where the body of an HTTP/1.1 message ends (RFC 9112 §6.3): it has none, or a length, or chunks, or the
 * connection's close ends it. Contradicting lengths are how request smuggling works: nothing after them
 * can be trusted, so it is `unparsed`. body.ts decides what a body means.
 */

import type { Fields, Message } from '../../wire/message.ts';
import { giveUp, type Open, type Parser, rest } from '../../wire/reader.ts';
import type { Splice } from '../../wire/splice.ts';
import { passOn, readChunked } from '../chunked/chunked.ts';
import type { Layer } from '../layers.ts';

export type Framing =
  | { readonly kind: 'none' | 'chunked' | 'until-close' | 'invalid' }
  | { readonly kind: 'length'; readonly bytes: number };

export const requestFraming = (headers: Fields): Framing => declared(headers, 'invalid') ?? { kind: 'none' };

/** A response to `HEAD`, and every 1xx, 204 and 304, has no body, whatever its fields say. */
export function responseFraming(headers: Fields, status: number, method: string): Framing {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { kind: 'none' };
  return declared(headers, 'until-close') ?? { kind: 'until-close' };
}

/** What the fields say; Transfer-Encoding overrides Content-Length. */
function declared(headers: Fields, unchunked: 'invalid' | 'until-close'): Framing | undefined {
  const codings = headers.get('transfer-encoding');
  // Only the last coding can frame the body; the others (gzip …) are inside the chunks.
  if (codings !== undefined) return { kind: /(^|,)[ \t]*chunked$/i.test(codings) ? 'chunked' : unchunked };
  const lengths = headers.get('content-length')?.split(',');
  if (lengths === undefined) return undefined;
  const [length = ''] = lengths.map((one) => one.trim());
  const agreed = /^\d{1,15}$/.test(length) && lengths.every((one) => one.trim() === length);
  return agreed ? { kind: 'length', bytes: Number(length) } : { kind: 'invalid' };
}

/** Lets `open` read the body of this message, if there is one. */
export function* readBody(
  wire: Splice<Layer>,
  message: Message,
  framing: Framing,
  open: Open<Layer>,
): Parser<void> {
  if (framing.kind === 'none') return;
  if (framing.kind === 'invalid') return yield* giveUp('malformed');
  wire.enter(message, open);
  if (framing.kind === 'chunked') yield* readChunked(wire, message);
  else if (framing.kind === 'length') yield* passOn(wire, message, framing.bytes);
  else yield* passAll(wire, message);
  wire.leave(message);
}

function* passAll(wire: Splice<Layer>, message: Message): Parser<void> {
  for (;;) {
    const piece = yield* rest();
    if (piece.length === 0) return;
    wire.pass(message, piece);
  }
}
