/**
 * What stands between the quotes of a JSON string (RFC 8259 §7): the UTF-8 text it means is `payload`, what
 * escaping adds to it is `encoding`. `\n` means one byte and takes two; `\u00e9` means two and takes six; a
 * surrogate pair written as two escapes means four and takes twelve.
 */
import { latin1 } from '../../wire/source.ts';
import type { Mark, Own } from '../../wire/span.ts';

const backslash = 0x5c;

/** How the first payload and the first escape are marked; what follows them is `more`. */
interface FirstMarks {
  readonly payload: Mark;
  readonly encoding: Mark;
}

/** Owns the inside of a JSON string that is known to be valid. An empty one is a payload of no bytes. */
export function ownJsonString(own: Own<'payload' | 'encoding'>, inside: Uint8Array, first: FirstMarks): void {
  let payloadMark = first.payload;
  let escapeMark = first.encoding;
  let at = 0;
  let meant = 0;
  for (let found = inside.indexOf(backslash); found >= 0; found = inside.indexOf(backslash, at)) {
    meant += found - at;
    if (meant > 0) {
      own('payload', 'message', meant, payloadMark);
      payloadMark = 'more';
    }
    const { taken, means } = readEscape(inside, found);
    own('encoding', 'json-escape', taken - means, escapeMark);
    escapeMark = 'more';
    meant = means;
    at = found + taken;
  }
  own('payload', 'message', meant + inside.length - at, payloadMark);
}

/** How many bytes an escape takes, and how many bytes of UTF-8 it means. */
function readEscape(inside: Uint8Array, at: number): { taken: number; means: number } {
  const text = latin1(inside.subarray(at, at + 12));
  if (text[1] !== 'u') return { taken: 2, means: 1 };
  if (/^\\ud[89ab]..\\ud[c-f]/i.test(text)) return { taken: 12, means: 4 };
  const unit = Number.parseInt(text.slice(2, 6), 16);
  // A lone surrogate is no character; a UTF-8 encoder writes U+FFFD for it, three bytes as well.
  return { taken: 6, means: unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3 };
}

/** The bytes are one complete JSON text. */
export function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
    return true;
  } catch {
    return false;
  }
}
