/** A MessagePack document as a JSON value; null if JSON cannot hold it: bytes, extensions, keys other than text. */
import { type Packed, packedAt } from './msgpack.ts';

interface Unpacked {
  readonly value: unknown;
  readonly end: number;
}

export function unpacked(bytes: Uint8Array, start = 0): Unpacked | null {
  const packed = packedAt(bytes, start);
  if (packed === null) return null;
  if (packed.kind === 'array' || packed.kind === 'map') return holding(bytes, packed);
  const value = single(bytes, packed);
  return value === undefined ? null : { value, end: packed.end };
}

function holding(bytes: Uint8Array, { kind, end, values: count }: Packed): Unpacked | null {
  const values: unknown[] = [];
  let at = end;
  for (let left = count; left > 0; left--) {
    const one = unpacked(bytes, at);
    if (one === null) return null;
    values.push(one.value);
    at = one.end;
  }
  if (kind === 'array') return { value: values, end: at };
  const pairs = Array.from({ length: count / 2 }, (_, pair) => values.slice(2 * pair, 2 * pair + 2));
  return pairs.every(([key]) => typeof key === 'string')
    ? { value: Object.fromEntries(pairs), end: at }
    : null;
}

function single(bytes: Uint8Array, { kind, start, head, end }: Packed): unknown {
  const rest = Buffer.from(bytes.subarray(start + head, end));
  if (kind === 'string') return rest.toString();
  if (kind === 'number') return numberOf(bytes[start] ?? 0, rest);
  return { 192: null, 194: false, 195: true }[bytes[start] ?? 0];
}

function numberOf(first: number, rest: Buffer): number {
  if (first <= 0x7f) return first;
  if (first >= 0xe0) return first - 0x100;
  if (first === 202) return rest.readFloatBE();
  if (first === 203) return rest.readDoubleBE();
  if (rest.length === 8) return Number(first === 207 ? rest.readBigUInt64BE() : rest.readBigInt64BE());
  return first < 208 ? rest.readUIntBE(0, rest.length) : rest.readIntBE(0, rest.length);
}
