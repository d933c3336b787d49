/** What HTTP/2 has made smaller, as HTTP/1.1 would have written it (RFC 9112 §3 to §5). */
import { STATUS_CODES } from 'node:http';
import { own } from '../../base/lookup.ts';

const lineEnd = 2;
const version = 'HTTP/1.1'.length;

/** A field line: name, colon, space, value, line end. */
const lineOf = (name: string, value: string): number => name.length + 2 + value.length + lineEnd;

/** Pseudo-headers are parts of the start line, with the spaces between them, or fields of another name. */
const pseudo: Readonly<Record<string, (value: string) => number>> = {
  ':method': (value) => value.length + 1,
  ':path': (value) => value.length + 1 + version + lineEnd,
  // HTTP/1.1 has no scheme in a request: the port tells http from https.
  ':scheme': () => 0,
  ':authority': (value) => lineOf('host', value),
  ':protocol': (value) => lineOf('connection', 'Upgrade') + lineOf('upgrade', value),
  ':status': (value) => version + 1 + value.length + 1 + (STATUS_CODES[value] ?? '').length + lineEnd,
};

/** Bytes that the field would take, one character a byte; the status line with the phrase that is usual. */
export const inHttp1 = (name: string, value: string): number =>
  own(pseudo, name)?.(value) ?? lineOf(name, value);
