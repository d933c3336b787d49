/** Integers and strings of HPACK (RFC 7541 §5). */
import { giveUp, type Parser, take } from '../../../wire/reader.ts';
import { latin1 } from '../../../wire/source.ts';
import { decodeHuffman } from './huffman.ts';

/** An integer that begins in the low bits of a byte that has been read (§5.1). */
export function* readInteger(first: number, prefixBits: number): Parser<number> {
  const full = 2 ** prefixBits - 1;
  let value = first & full;
  if (value < full) return value;
  // Four more bytes say more than any length or index needs; nothing ends a row of zeros but this.
  for (let weight = 1; weight < 2 ** 28; weight *= 128) {
    const [byte = 0] = yield* take(1);
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return value;
  }
  return yield* giveUp('integer-overflow');
}

export interface StringLiteral {
  /** One character a byte. */
  readonly text: string;
  readonly isHuffman: boolean;
}

/** A string and how it was written (§5.2). */
export function* readString(): Parser<StringLiteral> {
  const [first = 0] = yield* take(1);
  const bytes = yield* take(yield* readInteger(first, 7));
  const isHuffman = (first & 0x80) !== 0;
  const clear = isHuffman ? decodeHuffman(bytes) : bytes;
  return clear ? { text: latin1(clear), isHuffman } : yield* giveUp('bad-huffman');
}
