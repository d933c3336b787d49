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

/** Limit of a line in bytes, with its end: no more is buffered for a line end that may never come. */
export const lineLimit = 1024 * 1024;

/** Bytes of names and values kept of a head. Lines beyond that are owned under their names, but not kept. */
const headKept = 64 * 1024;

/** Fields that decide how later bytes are read: there is as much room again for them alone. */
const deciding = new Set([
  ...['content-length', 'transfer-encoding', 'content-type', 'content-encoding', 'connection', 'upgrade'],
  ...['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-extensions', 'sec-websocket-protocol'],
]);

/** Lines before a start line: some clients leave one behind a body (RFC 9112 §2.2). */
const mostEmpty = 1000;

const lineFeed = 0x0a;
const startLines = {
  // Any byte but white space: \S would take the second byte of `à` (0xA0) for white space.
  'request-line': /^([!#$%&'*+.^_`|~\w-]+) ([^\t-\r ]+) HTTP\/1\.\d$/,
  'status-line': /^HTTP\/1\.\d (\d{3})(?: .*)?$/,
} as const;
const fieldName = /^([!#$%&'*+.^_`|~\w-]+):/;

/** Makes the message that a start line begins, or continues one after an interim response. */
type Begin<Begun> = (words: RegExpExecArray) => Begun;

export const readRequestHead = (
  tell: Tell<Layer>,
  before: Message,
  begin: (method: string, target: string) => Request,
): Parser<Request> =>
  readHead(tell, 'request-line', before, ([, method = '', target = '']) => begin(method, legible(target)));

export const readResponseHead = (
  tell: Tell<Layer>,
  before: Message,
  begin: (status: number) => Response,
): Parser<Response> => readHead(tell, 'status-line', before, ([, status]) => begin(Number(status)));

/** Empty lines before a start line belong to its head; if no start line follows, to the message before. */
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
    for (;;) {
      const { text, bytes: length } = yield* readLine(lineLimit);
      if (text === '') {
        if (empty.push(length) > mostEmpty) return yield* giveUp('malformed');
        continue;
      }
      const words = startLines[kind].exec(text);
      if (!words) return yield* giveUp('malformed');
      const message = begin(words);
      message.version = /HTTP\/1\.\d/.exec(kind === 'request-line' ? text.slice(-8) : text)?.[0] ?? '';
      tellEmpty(message);
      // `GET /path`, `200 OK`: without the version.
      const value = legible(text.replace(/^HTTP\/1\.\d | HTTP\/1\.\d$/, ''));
      tell({ message, layer: 'http', name: kind, length, mark: 'unit', value });
      const { headers } = message;
      yield* readFields(tell, { message, headers, layer: 'http', prefix: '', end: 'blank-line' });
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
export function* readFields(
  tell: Tell<Layer>,
  { message, headers, layer, prefix, end }: FieldLines,
): Parser<void> {
  const keep = keeperOf(headers);
  for (let name: string | undefined; ; ) {
    const { text, bytes: length } = yield* readLine(lineLimit);
    if (text === '') return tell({ message, layer, name: end, length, mark: 'field' });
    // The first line has no field to belong to, and is malformed.
    const folded = /^[ \t]/.test(text);
    const spelled = folded ? '' : fieldName.exec(text)?.[1];
    name = folded ? name : spelled?.toLowerCase();
    if (name === undefined) return yield* giveUp('malformed');
    const value = legible(folded ? text : text.slice(name.length + 1)).trim();
    tell({ message, layer, name: prefix + name, length, mark: folded ? 'more' : 'field', value });
    const isKept = keep(name, value, folded ? ' ' : ', ');
    if (isKept && spelled && 'spelled' in message && prefix === '') message.spelled += `${spelled}\n`;
  }
}

/** Keeps values under their names, up to the limits above. */
function keeperOf(headers: Map<string, string>) {
  let kept = 0;
  return (name: string, value: string, glue: string) => {
    const before = headers.get(name);
    const length = (before === undefined ? name : glue).length + value.length;
    if (kept + length > (deciding.has(name) ? 2 * headKept : headKept)) return false;
    kept += length;
    headers.set(name, before === undefined ? value : before + glue + value);
    return true;
  };
}

/** One line without its end, as Latin-1, and its bytes with the end. */
export function* readLine(limit: number): Parser<{ text: string; bytes: number }> {
  const line = yield* through(lineFeed, limit);
  return { text: latin1(line).replace(/\r?\n$/, ''), bytes: line.length };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes Latin-1 characters as UTF-8 if their bytes are valid UTF-8; otherwise returns them unchanged. */
export function legible(characters: string): string {
  if (!/[\x80-\xff]/.test(characters)) return characters;
  try {
    return utf8.decode(Buffer.from(characters, 'latin1'));
  } catch {
    return characters;
  }
}
