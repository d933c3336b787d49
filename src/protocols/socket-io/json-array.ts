/**
 * Where the elements of a JSON array begin and end (RFC 8259 §5), without building their values: a ledger
 * needs the bytes an element took, which its value no longer knows.
 */
import { latin1 } from '../../wire/source.ts';

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const opening = [0x5b, 0x7b];
const closing = [0x5d, 0x7d];
const blanks = [0x20, 0x09, 0x0a, 0x0d];

/** The elements of a valid JSON array, without the white space around them. */
export function* elementsOf(array: Uint8Array): Generator<{ start: number; end: number }> {
  for (let at = 1; at < array.length - 1; ) {
    const byte = array[at] ?? 0;
    if (byte === comma || blanks.includes(byte) || closing.includes(byte)) {
      at++;
    } else {
      const start = at;
      at = elementEnd(array, start);
      yield { start, end: at };
    }
  }
}

function elementEnd(array: Uint8Array, start: number): number {
  let depth = 0;
  for (let at = start; at < array.length; ) {
    const byte = array[at] ?? 0;
    if (depth === 0 && (byte === comma || closing.includes(byte) || blanks.includes(byte))) return at;
    if (opening.includes(byte)) depth++;
    if (closing.includes(byte)) depth--;
    at = byte === quote ? stringEnd(array, at) : at + 1;
  }
  return array.length;
}

/** The index after the closing quote; an escaped quote does not close. */
function stringEnd(array: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < array.length && array[at] !== quote) at += array[at] === backslash ? 2 : 1;
  return at + 1;
}

/** The members of a valid JSON object: each key, and where its value begins and ends. */
export function* membersOf(object: Uint8Array): Generator<{ key: string; start: number; end: number }> {
  const key = /"((?:[^"\\]|\\.)*)"\s*:\s*/y;
  const text = latin1(object);
  for (let at = 1; at < object.length - 1; ) {
    const byte = object[at] ?? 0;
    if (byte === comma || blanks.includes(byte)) {
      at++;
      continue;
    }
    key.lastIndex = at;
    const [written, name = ''] = key.exec(text) ?? [];
    if (written === undefined) return;
    const start = at + written.length;
    at = elementEnd(object, start);
    yield { key: name, start, end: at };
  }
}
