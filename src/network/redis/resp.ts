/**
 * RESP 2 and 3, the protocol between Redis and its clients (redis.io, "Redis serialization protocol specification").
 * Reads only what counting needs: where a value ends, and its strings; numbers and the like are null.
 */

/** A map is a list of its keys and values in turn. */
export type RespValue = Buffer | null | readonly RespValue[];

export interface ReadValue {
  readonly value: RespValue;
  /** Where the next one begins. */
  readonly end: number;
}

/** A line that begins otherwise is not RESP. */
export class NotResp extends Error {}

const code = (mark: string) => mark.charCodeAt(0);
const simple = new Set([...'+-:_,#('].map(code));
const texts = new Set([...'$=!'].map(code));
/** How many values each entry has. */
const lists = new Map([
  ...[...'*~>'].map((mark) => [code(mark), 1] as const),
  ...[...'%|'].map((mark) => [code(mark), 2] as const),
]);

/** The value that begins here; null if it is not complete yet. Throws `NotResp`. */
export function readValue(bytes: Buffer, at = 0): ReadValue | null {
  const kind = bytes[at];
  const lineEnd = bytes.indexOf('\r\n', at);
  if (kind === undefined || lineEnd < 0) return null;
  const line = bytes.subarray(at + 1, lineEnd);
  const next = lineEnd + 2;
  if (simple.has(kind)) return { value: kind === code('+') ? line : null, end: next };
  const length = Number(line.toString('latin1'));
  if (!Number.isInteger(length)) throw new NotResp();
  if (length < 0) return { value: null, end: next };
  if (texts.has(kind)) {
    const end = next + length + 2;
    return end > bytes.length ? null : { value: bytes.subarray(next, next + length), end };
  }
  const each = lists.get(kind);
  if (each === undefined) throw new NotResp();
  return readList(bytes, next, length * each);
}

function readList(bytes: Buffer, from: number, count: number): ReadValue | null {
  const values: RespValue[] = [];
  let at = from;
  while (values.length < count) {
    const read = readValue(bytes, at);
    if (!read) return null;
    values.push(read.value);
    at = read.end;
  }
  return { value: values, end: at };
}
