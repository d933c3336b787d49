/**
 * The chunked transfer coding (RFC 9112 §7.1): a size in hexadecimal before each piece of the content, a line
 * end after it, a chunk of size zero and perhaps trailers to end it. It costs hexdigits + 4 bytes a chunk.
 * Knows nothing of what the content means.
 */

import { giveUp, type Parser, some } from '../../wire/reader.ts';
import type { Splice } from '../../wire/splice.ts';
import { headLimit, readFields, readLine } from '../http1/http-head.ts';

// Twelve digits are 256 TiB, and still an exact number in JavaScript.
const sizeLine = /^(0*[0-9a-f]{1,12}[ \t]*)(;.*)?$/i;
const trailers = { layer: 'chunk', prefix: 'trailer:', end: 'end' } as const;

/** Passes the content on; returns the bytes read, coding included. */
export function* readChunked(wire: Splice): Parser<number> {
  for (let bytes = 0; ; ) {
    const chunk = yield* readSize(wire);
    bytes += chunk.lineBytes + chunk.size;
    if (chunk.size === 0) return bytes + (yield* readFields(wire.emit, trailers, headLimit)).bytes;
    yield* passOn(wire, chunk.size);
    const end = yield* readLine(2);
    if (end.text !== '') return yield* giveUp('malformed');
    wire.emit('chunk', 'data-end', end.bytes, 'field');
    bytes += end.bytes;
  }
}

/** The size is one span with its line end; where extensions follow it, the line end is theirs. */
function* readSize(wire: Splice): Parser<{ size: number; lineBytes: number }> {
  const line = yield* readLine(headLimit);
  const [, digits, extensions] = sizeLine.exec(line.text) ?? [];
  if (digits === undefined) return yield* giveUp('malformed');
  const size = Number.parseInt(digits, 16);
  const sizeBytes = extensions === undefined ? line.bytes : digits.length;
  wire.emit('chunk', size === 0 ? 'last-chunk' : 'size', sizeBytes, 'unit');
  if (extensions !== undefined) wire.emit('chunk', 'extension', line.bytes - sizeBytes, 'field');
  return { size, lineBytes: line.bytes };
}

/** Passes on exactly this many bytes of content as they come. */
export function* passOn(wire: Splice, bytes: number): Parser<void> {
  for (let left = bytes; left > 0; ) {
    const piece = yield* some(left);
    wire.pass(piece);
    left -= piece.length;
  }
}
