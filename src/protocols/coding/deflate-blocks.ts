/**
 * The blocks of DEFLATE (RFC 1951), inflated into a buffer with the clear bytes before them, from which repeats are
 * copied. Node's synchronous zlib would set up a new decompressor for each call, which costs ten times as much as a
 * short message. Codes are read bit by bit, as in zlib's `puff`: simple, and fast enough.
 */

/** Where clear bytes go. */
export interface Inflated {
  add(byte: number): void;
  /** Repeats `length` bytes from `distance` bytes back. Throws if the buffer does not reach so far. */
  repeat(length: number, distance: number): void;
}

/** The bytes are not DEFLATE. `inflate.ts` catches it. */
const malformed = (what: string) => new RangeError(`deflate: ${what}`);

interface Codes {
  /** How many codes have so many bits. */
  readonly counts: readonly number[];
  /** The symbols, in the order of their codes (§3.2.2). */
  readonly symbols: readonly number[];
}

const longestCode = 15;

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Array<number>(longestCode + 1).fill(0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const symbols: number[] = [];
  // How many codes of this length are still free.
  let left = 1;
  for (let length = 1; length <= longestCode; length++) {
    left = left * 2 - (counts[length] ?? 0);
    if (left < 0) throw malformed('more codes than there can be');
    for (const [symbol, one] of lengths.entries()) if (one === length) symbols.push(symbol);
  }
  return { counts, symbols };
}

/** Bits come least significant first (§3.1.1). */
function bitsOf(bytes: Uint8Array) {
  let place = 0;
  let held = 0;
  let heldBits = 0;
  const take = (bits: number): number => {
    while (heldBits < bits) {
      if (place === bytes.length) throw malformed('it breaks off');
      held |= (bytes[place++] ?? 0) << heldBits;
      heldBits += 8;
    }
    const value = held & ((1 << bits) - 1);
    held >>>= bits;
    heldBits -= bits;
    return value;
  };
  return {
    take,
    /** Goes on with the next whole byte. */
    align() {
      held = 0;
      heldBits = 0;
    },
    /** Too few bits are left for a block. */
    isOver: () => place === bytes.length && heldBits < 3,
    symbol({ counts, symbols }: Codes): number {
      let [code, first, index] = [0, 0, 0];
      for (let length = 1; length <= longestCode; length++) {
        code |= take(1);
        const count = counts[length] ?? 0;
        if (code - count < first) return symbols[index + code - first] ?? 0;
        index += count;
        first = (first + count) << 1;
        code <<= 1;
      }
      throw malformed('no such code');
    },
  };
}

type Bits = ReturnType<typeof bitsOf>;

/** For each symbol, the smallest length or distance, and how many extra bits follow (§3.2.5). */
const steps = (first: number, extraBits: readonly number[]) => {
  let next = first;
  return extraBits.map((bits) => {
    const base = next;
    next += 1 << bits;
    return { base, bits };
  });
};
const lengthSteps = [
  ...steps(3, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]),
  { base: 258, bits: 0 },
];
const distanceSteps = steps(
  1,
  Array.from({ length: 30 }, (_, symbol) => Math.max(0, (symbol >> 1) - 1)),
);
const endOfBlock = 256;

/** §3.2.6 */
const fixed = {
  literals: codesOf(Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  distances: codesOf(new Array<number>(30).fill(5)),
};

/** Lengths of codes are themselves coded, in this order (§3.2.7). */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function readCodes(bits: Bits): typeof fixed {
  const literals = bits.take(5) + 257;
  const distances = bits.take(5) + 1;
  const coded = bits.take(4) + 4;
  const codeLengths = new Array<number>(lengthOrder.length).fill(0);
  for (const at of lengthOrder.slice(0, coded)) codeLengths[at] = bits.take(3);
  const codes = codesOf(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literals + distances) {
    const symbol = bits.symbol(codes);
    const [value, times] =
      symbol < 16
        ? [symbol, 1]
        : symbol === 16
          ? [lengths.at(-1), 3 + bits.take(2)]
          : [0, symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)];
    if (value === undefined) throw malformed('no length to repeat');
    for (let count = 0; count < times; count++) lengths.push(value);
  }
  if (lengths.length > literals + distances) throw malformed('more lengths than codes');
  return { literals: codesOf(lengths.slice(0, literals)), distances: codesOf(lengths.slice(literals)) };
}

function readCoded(bits: Bits, { literals, distances }: typeof fixed, clear: Inflated): void {
  for (;;) {
    const symbol = bits.symbol(literals);
    if (symbol === endOfBlock) return;
    if (symbol < endOfBlock) {
      clear.add(symbol);
      continue;
    }
    const length = lengthSteps[symbol - endOfBlock - 1];
    if (!length) throw malformed('no such length');
    const bytes = length.base + bits.take(length.bits);
    const distance = distanceSteps[bits.symbol(distances)];
    if (!distance) throw malformed('no such distance');
    clear.repeat(bytes, distance.base + bits.take(distance.bits));
  }
}

function readStored(bits: Bits, clear: Inflated): void {
  const length = bits.take(16);
  if (bits.take(16) !== (length ^ 0xffff)) throw malformed('a length that contradicts itself');
  for (let left = length; left > 0; left--) clear.add(bits.take(8));
}

/** Reads all blocks, or those up to the one marked as last. Throws `RangeError` if the bytes are not DEFLATE. */
export function readBlocks(bytes: Uint8Array, clear: Inflated): void {
  const bits = bitsOf(bytes);
  for (let isFinal = false; !isFinal && !bits.isOver(); ) {
    isFinal = bits.take(1) === 1;
    const type = bits.take(2);
    if (type === 0) {
      bits.align();
      readStored(bits, clear);
    } else if (type === 1) readCoded(bits, fixed, clear);
    else if (type === 2) readCoded(bits, readCodes(bits), clear);
    else throw malformed('no such kind of block');
  }
}
