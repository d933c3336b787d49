/**
 * The chunked transfer coding (RFC 9112 §7.1): a size in hexadecimal before each piece of the content, a line
 * end after it, a chunk of size zero and perhaps trailers to end it. It costs hexdigits + 4 bytes a chunk.
 * Knows nothing of what the content means.
 */

import { type Message, type Part, partOf } from '../../wire/message.ts';
import { giveUp, type Parser, some } from '../../wire/reader.ts';
import type { Splice } from '../../wire/splice.ts';
import { lineLimit, readFields, readLine } from '../http1/http-head.ts';
import type { Layer } from '../layers.ts';

// Twelve digits are 256 TiB, and still an exact number in JavaScript.
const sizeLine = /^(0*[0-9a-f]{1,12}[ \t]*)(;.*)?$/i;
const trailers = { layer: 'chunk', prefix: 'trailer:', end: 'end' } as const;

/** Passes the content of this request or response on. */
export function* readChunked(wire: Splice<Layer>, message: Message): Parser<void> {
  for (;;) {
    const { chunk, size } = yield* readSize(wire, message);
    if (size === 0) return yield* readFields(wire.tell, { ...trailers, message: chunk, headers: new Map() });
    yield* passOn(wire, message, size);
    const end = yield* readLine(2);
    if (end.text !== '') return yield* giveUp('malformed');
    wire.tell({ message: chunk, layer: 'chunk', name: 'data-end', length: end.bytes, mark: 'field' });
  }
}

/** The size is one span with its line end; where extensions follow it, the line end is theirs. */
function* readSize(wire: Splice<Layer>, carrier: Message): Parser<{ chunk: Part; size: number }> {
  const line = yield* readLine(lineLimit);
  const [, digits, extensions] = sizeLine.exec(line.text) ?? [];
  if (digits === undefined) return yield* giveUp('malformed');
  const size = Number.parseInt(digits, 16);
  const chunk = partOf(carrier, 'chunk');
  const length = extensions === undefined ? line.bytes : digits.length;
  const about = { message: chunk, layer: 'chunk' } as const;
  wire.tell({ ...about, name: size === 0 ? 'last-chunk' : 'size', length, mark: 'unit' });
  if (extensions !== undefined)
    wire.tell({ ...about, name: 'extension', length: line.bytes - length, mark: 'field' });
  return { chunk, size };
}

/** Passes on exactly this many bytes of content as they come. */
export function* passOn(wire: Splice<Layer>, message: Message, bytes: number): Parser<void> {
  for (let left = bytes; left > 0; ) {
    const piece = yield* some(left);
    wire.pass(message, piece);
    left -= piece.length;
  }
}
