/**
 * JSONP (Engine.IO's polling where a page may not read another origin's answers): the answer is a script that calls
 * `___eio[0]("…")` with the body as its string, and the client posts a form whose field `d` is the body. What escaping
 * adds is `encoding`.
 */
import { whole } from '../../wire/buffered.ts';
import type { Open } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { ownerOf } from '../../wire/span.ts';
import { readInside } from '../coding/opened.ts';
import type { Layer } from '../layers.ts';

const script = /^(.*?\()(".*")(\);?\s*)$/s;
const form = /^(d=)([^&]*)$/s;

export const jsonpBody = (packets: Open<Layer>): Open<Layer> =>
  whole<Layer>((tell, bytes, body) => {
    const own = ownerOf(tell, body);
    const read = body.direction === 'down' ? readScript(bytes) : readForm(bytes);
    if (read === null) return own('payload', 'body', bytes.length, 'unit');
    const { before, clear, written, after } = read;
    own('engine.io', 'jsonp', before, 'field');
    readInside(tell, body, packets, 'as-clear', clear);
    // An escaped string is never shorter than its text.
    if (written > clear.length) own('encoding', 'escape', written - clear.length, 'unit');
    if (after > 0) own('engine.io', 'jsonp', after, 'more');
  });

interface Written {
  readonly before: number;
  readonly clear: Uint8Array;
  /** Bytes of `clear` on the wire, escapes included. */
  readonly written: number;
  readonly after: number;
}

function readScript(bytes: Uint8Array): Written | null {
  const found = script.exec(latin1(bytes));
  if (!found) return null;
  const [, before = '', literal = '', after = ''] = found;
  try {
    const clear = Buffer.from(JSON.parse(Buffer.from(literal, 'latin1').toString()));
    return { before: before.length, clear, written: literal.length, after: after.length };
  } catch {
    return null;
  }
}

/** In the form a line feed is written `\n`, because a browser would send CRLF, and the text `\n` is written `\\n`. */
function readForm(bytes: Uint8Array): Written | null {
  const found = form.exec(latin1(bytes));
  if (!found) return null;
  const [, before = '', value = ''] = found;
  const text = new URLSearchParams(`d=${value}`).get('d') ?? '';
  const clear = Buffer.from(text.replace(/\\?\\n/g, (written) => (written.length > 2 ? '\\n' : '\n')));
  return { before: before.length, clear, written: value.length, after: 0 };
}
