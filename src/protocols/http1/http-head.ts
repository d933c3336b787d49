/**
 * Start lines and field lines of HTTP/1.1 messages (RFC 9112 §2 to §5). Each line is one span, its line end
 * included: the start line by its kind, a field by its lower-case name. Bare LF ends a line, empty lines may
 * come before a message (§2.2), and a folded line belongs to its field (§5.2). Knows nothing of bodies.
 */
import type { Message, Request, Response } from '../../wire/message.ts';
import { giveUp, type Parser, through } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import type { Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';

/** A head may take this many bytes, then it is no head. */
export const headLimit = 64 * 1024;

const lineFeed = 0x0a;
const startLines = {
  'request-line': /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/1\.\d$/,
  'status-line': /^HTTP\/1\.\d (\d{3})(?: .*)?$/,
} as const;
const fieldName = /^([!#$%&'*+.^_`|~\w-]+):/;

/** What the words of a start line begin, or go on with. */
type Begin<Begun> = (words: RegExpExecArray) => Begun;

export const readRequestHead = (
  tell: Tell<Layer>,
  before: Message,
  begin: (method: string, target: string) => Request,
): Parser<Request> =>
  readHead(tell, 'request-line', before, ([, method = '', target = '']) => begin(method, target));

export const readResponseHead = (
  tell: Tell<Layer>,
  before: Message,
  begin: (status: number) => Response,
): Parser<Response> => readHead(tell, 'status-line', before, ([, status]) => begin(Number(status)));

/** Empty lines before a start line are of its head; where none follows, of what came before. */
function* readHead<Begun extends Request | Response>(
  tell: Tell<Layer>,
  kind: keyof typeof startLines,
  before: Message,
  begin: Begin<Begun>,
): Parser<Begun> {
  const empty: number[] = [];
  const tellEmpty = (message: Message) => {
    for (const length of empty.splice(0))
      tell({ message, layer: 'http', name: 'blank-line', length, mark: 'field' });
  };
  try {
    for (let limit = headLimit; ; ) {
      const { text, bytes: length } = yield* readLine(limit);
      limit -= length;
      if (text === '') {
        empty.push(length);
        continue;
      }
      const words = startLines[kind].exec(text);
      if (!words) return yield* giveUp('malformed');
      const message = begin(words);
      tellEmpty(message);
      // `GET /path`, `200 OK`: without the version.
      const value = text.replace(/^HTTP\/1\.\d | HTTP\/1\.\d$/, '');
      tell({ message, layer: 'http', name: kind, length, mark: 'unit', value });
      const { headers } = message;
      yield* readFields(tell, { message, headers, layer: 'http', prefix: '', end: 'blank-line' }, limit);
      return message;
    }
  } finally {
    tellEmpty(before);
  }
}

/** Whose field lines these are, where their values go, what they and the blank line after them are called. */
interface FieldLines {
  readonly message: Message;
  readonly headers: Map<string, string>;
  readonly layer: Layer;
  readonly prefix: string;
  readonly end: string;
}

/** Field lines through the blank line; a chunked body's trailers are field lines too. */
export function* readFields(tell: Tell<Layer>, lines: FieldLines, limit = headLimit): Parser<void> {
  const { message, headers, layer, prefix, end } = lines;
  for (let [name, left]: [string | undefined, number] = [undefined, limit]; ; ) {
    const { text, bytes: length } = yield* readLine(left);
    left -= length;
    if (text === '') return tell({ message, layer, name: end, length, mark: 'field' });
    // The first line has no field to belong to, and is malformed.
    const folded = /^[ \t]/.test(text);
    name = folded ? name : fieldName.exec(text)?.[1]?.toLowerCase();
    if (name === undefined) return yield* giveUp('malformed');
    const value = (folded ? text : text.slice(name.length + 1)).trim();
    tell({ message, layer, name: prefix + name, length, mark: folded ? 'more' : 'field', value });
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : before + (folded ? ' ' : ', ') + value);
  }
}

/** One line, without its end, and the bytes it took with its end. */
export function* readLine(limit: number): Parser<{ text: string; bytes: number }> {
  const line = yield* through(lineFeed, limit);
  return { text: latin1(line).replace(/\r?\n$/, ''), bytes: line.length };
}
