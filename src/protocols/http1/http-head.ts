/**
 * Start lines and field lines of HTTP/1.1 messages (RFC 9112 §2 to §5). Each line is one span, its line end
 * included: the start line by its kind, a field by its lower-case name. Bare LF ends a line, empty lines may
 * come before a message (§2.2), and a folded line belongs to its field (§5.2). Knows nothing of bodies.
 */
import { giveUp, type Parser, through } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import type { Emit, Layer } from '../../wire/span.ts';

/** A head may take this many bytes, then it is no head. */
export const headLimit = 64 * 1024;

const lineFeed = 0x0a;
const startLines = {
  'request-line': /^([!#$%&'*+.^_`|~\w-]+) (\S+) HTTP\/1\.\d$/,
  'status-line': /^HTTP\/1\.\d (\d{3})(?: .*)?$/,
} as const;
const fieldName = /^([!#$%&'*+.^_`|~\w-]+):/;

/** Values by lower-case name; the values of repeated fields are joined by commas (RFC 9110 §5.2). */
export type Fields = ReadonlyMap<string, string>;

interface Head {
  readonly headers: Fields;
  /** All bytes of the head, from leading empty lines through the blank line. */
  readonly bytes: number;
}

export interface RequestHead extends Head {
  readonly method: string;
  readonly target: string;
}

export interface ResponseHead extends Head {
  readonly status: number;
}

export function* readRequestHead(emit: Emit): Parser<RequestHead> {
  const { words, ...head } = yield* readHead(emit, 'request-line');
  const [, method = '', target = ''] = words;
  return { method, target, ...head };
}

export function* readResponseHead(emit: Emit): Parser<ResponseHead> {
  const { words, ...head } = yield* readHead(emit, 'status-line');
  return { status: Number(words[1]), ...head };
}

function* readHead(emit: Emit, kind: keyof typeof startLines): Parser<Head & { words: RegExpExecArray }> {
  let bytes = 0;
  for (;;) {
    const line = yield* readLine(headLimit - bytes);
    bytes += line.bytes;
    if (line.text === '') {
      emit('http', 'blank-line', line.bytes, 'field');
      continue;
    }
    const words = startLines[kind].exec(line.text);
    if (!words) return yield* giveUp('malformed');
    emit('http', kind, line.bytes, 'unit');
    const fields = yield* readFields(
      emit,
      { layer: 'http', prefix: '', end: 'blank-line' },
      headLimit - bytes,
    );
    return { words, headers: fields.headers, bytes: bytes + fields.bytes };
  }
}

/** What field lines are called, and the blank line after them. */
export interface FieldNames {
  readonly layer: Layer;
  readonly prefix: string;
  readonly end: string;
}

/** Field lines through the blank line; a chunked body's trailers are field lines too. */
export function* readFields(emit: Emit, names: FieldNames, limit: number): Parser<Head> {
  const headers = new Map<string, string>();
  let bytes = 0;
  for (let name: string | undefined; ; ) {
    const line = yield* readLine(limit - bytes);
    bytes += line.bytes;
    if (line.text === '') {
      emit(names.layer, names.end, line.bytes, 'field');
      return { headers, bytes };
    }
    // The first line has no field to belong to, and is malformed.
    const folded = /^[ \t]/.test(line.text);
    name = folded ? name : fieldName.exec(line.text)?.[1]?.toLowerCase();
    if (name === undefined) return yield* giveUp('malformed');
    emit(names.layer, names.prefix + name, line.bytes, folded ? 'more' : 'field');
    const value = (folded ? line.text : line.text.slice(name.length + 1)).trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : before + (folded ? ' ' : ', ') + value);
  }
}

/** One line, without its end, and the bytes it took with its end. */
export function* readLine(limit: number): Parser<{ text: string; bytes: number }> {
  const line = yield* through(lineFeed, limit);
  return { text: latin1(line).replace(/\r?\n$/, ''), bytes: line.length };
}
