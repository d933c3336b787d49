/**
 * Lines of an event stream (WHATWG HTML §9.2.5): ended by LF, CR or CRLF, each a comment, an empty line, or
 * a field with a name and a value. Knows nothing of what the fields mean together.
 */
import type { Parser } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';

const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const colon = 0x3a;
const space = 0x20;
const fieldNames = ['data', 'event', 'id', 'retry'];

export interface SseLine {
  /** A field's name; `comment`, `dispatch` for the empty line, `ignored` for fields the standard ignores. */
  readonly name: string;
  /** Without the line end. */
  readonly text: Uint8Array;
  /** The end of `text`, after the colon and the one space that may follow it. */
  readonly value: Uint8Array;
  /** Bytes of the line end; none where the stream ends within the line. */
  readonly end: number;
}

/** A line, once its end is certain: a CR may be half of CRLF. */
export function* readLine(): Parser<SseLine> {
  let searched = 0;
  let end = 0;
  const line = yield (source) => {
    let byte = source.at(searched);
    while (byte >= 0 && byte !== lineFeed && byte !== carriageReturn) byte = source.at(++searched);
    if (byte < 0 && source.isEnded() && source.length() > 0) {
      end = 0;
      return source.take(source.length());
    }
    const next = source.at(searched + 1);
    if (byte < 0 || (byte === carriageReturn && next < 0 && !source.isEnded())) return undefined;
    end = byte === carriageReturn && next === lineFeed ? 2 : 1;
    return source.take(searched + end);
  };
  return lineOf(line.subarray(0, line.length - end), end);
}

export function lineOf(text: Uint8Array, end: number): SseLine {
  const at = text.indexOf(colon);
  const nameEnd = at < 0 ? text.length : at;
  const valueStart = at < 0 ? text.length : at + (text[at + 1] === space ? 2 : 1);
  return { name: kindOf(text, nameEnd), text, value: text.subarray(valueStart), end };
}

function kindOf(text: Uint8Array, nameEnd: number): string {
  if (text.length === 0) return 'dispatch';
  if (nameEnd === 0) return 'comment';
  const name = latin1(text.subarray(0, nameEnd));
  return fieldNames.includes(name) ? name : 'ignored';
}
