/**
 * MessagePack (msgpack/spec.md): one byte or more with type and length, then the value. This finds where values begin
 * and end without building them: a ledger needs the bytes that each took.
 */

/** A value of a document, its head and what is in it. */
export interface Packed {
  readonly kind: 'map' | 'array' | 'string' | 'binary' | 'number' | 'other';
  readonly start: number;
  /** Bytes that say type and length. */
  readonly head: number;
  /** The end of the value; of a map or an array, the end of its head. */
  readonly end: number;
  /** How many values a map or an array holds: a pair of a map is two. */
  readonly values: number;
}

type Kind = Packed['kind'];

/** By their first byte (§ Formats): kind, bytes of a length or a number, and whether those bytes are a length. */
const formats: Readonly<
  Record<number, readonly [kind: Kind, bytes: number, isLength: boolean, more?: number]>
> = {
  192: ['other', 0, false],
  194: ['other', 0, false],
  195: ['other', 0, false],
  196: ['binary', 1, true],
  197: ['binary', 2, true],
  198: ['binary', 4, true],
  199: ['other', 1, true, 1],
  200: ['other', 2, true, 1],
  201: ['other', 4, true, 1],
  202: ['number', 4, false],
  203: ['number', 8, false],
  204: ['number', 1, false],
  205: ['number', 2, false],
  206: ['number', 4, false],
  207: ['number', 8, false],
  208: ['number', 1, false],
  209: ['number', 2, false],
  210: ['number', 4, false],
  211: ['number', 8, false],
  212: ['other', 2, false],
  213: ['other', 3, false],
  214: ['other', 5, false],
  215: ['other', 9, false],
  216: ['other', 17, false],
  217: ['string', 1, true],
  218: ['string', 2, true],
  219: ['string', 4, true],
  220: ['array', 2, true],
  221: ['array', 4, true],
  222: ['map', 2, true],
  223: ['map', 4, true],
};

/** The value that begins there; null if none does, or if it does not end within these bytes. */
export function packedAt(bytes: Uint8Array, start: number): Packed | null {
  const first = bytes[start];
  if (first === undefined) return null;
  const value = shortForm(first, start) ?? longForm(bytes, first, start);
  return value && value.end <= bytes.length ? value : null;
}

function shortForm(first: number, start: number): Packed | null {
  const one = { start, head: 1 };
  if (first <= 0x7f || first >= 0xe0) return { ...one, kind: 'number', end: start + 1, values: 0 };
  if (first <= 0x8f) return { ...one, kind: 'map', end: start + 1, values: 2 * (first & 0x0f) };
  if (first <= 0x9f) return { ...one, kind: 'array', end: start + 1, values: first & 0x0f };
  if (first <= 0xbf) return { ...one, kind: 'string', end: start + 1 + (first & 0x1f), values: 0 };
  return null;
}

function longForm(bytes: Uint8Array, first: number, start: number): Packed | null {
  const format = formats[first];
  if (!format) return null;
  const [kind, size, isLength, more = 0] = format;
  if (!isLength) return { kind, start, head: 1, end: start + 1 + size, values: 0 };
  const length = bytes.subarray(start + 1, start + 1 + size).reduce((sum, byte) => sum * 256 + byte, 0);
  const head = 1 + size + more;
  if (kind === 'array') return { kind, start, head, end: start + head, values: length };
  if (kind === 'map') return { kind, start, head, end: start + head, values: 2 * length };
  return { kind, start, head, end: start + head + length, values: 0 };
}

/** The end of a value and all that it holds; null if it does not end within these bytes. */
export function packedEnd(bytes: Uint8Array, start: number): number | null {
  let at = start;
  for (let left = 1; left > 0; left--) {
    const value = packedAt(bytes, at);
    if (value === null) return null;
    left += value.values;
    at = value.end;
  }
  return at;
}
