/**
 * A stream of JSON lines (NDJSON, and json-seq, RFC 7464, with U+001E before each): each line is a value, ended by LF.
 * A string is a text message; an object with the one key `base64` a message of bytes; an empty line a heartbeat.
 * Quotes, key and line end frame the message. Any other value is another application's message, and the whole text is
 * payload.
 */

import { type Message, partOf } from '../../wire/message.ts';
import { feed, type Open, type Parser, throughOrRest } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { type Mark, type Own, ownerOf, type Tell } from '../../wire/span.ts';
import { ownBase64 } from '../encoding/base64.ts';
import { isJson, ownJsonString } from '../encoding/json-string.ts';
import type { Layer } from '../layers.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const recordSeparator = 0x1e;
const quote = '"';
/** Our servers' form of bytes: an object with this key alone. */
const object = /^\{"base64":"[^"\\]*"\}$/;
const objectStart = '{"base64":"'.length;
/** Longer than the longest message with every byte escaped. */
const longestLine = 32 * 1024 * 1024;

function* lines(tell: Tell<Layer>, response: Message): Parser {
  for (;;) {
    const line = yield* throughOrRest(lineFeed, longestLine);
    const own = ownerOf(tell, partOf(response, 'line'));
    const start = line[0] === recordSeparator ? 1 : 0;
    const end = endOf(line);
    const text = line.subarray(start, line.length - end);
    if (start > 0) own('ndjson', 'record-separator', start, 'unit');
    if (text.length === 0) own('ndjson', 'empty-line', end, 'unit');
    else ownValue(own, text, end, start > 0 ? 'field' : 'unit');
  }
}

/** Bytes of the line's end: LF, CRLF, or none where the stream ends without. */
const endOf = (line: Uint8Array): number =>
  line.at(-1) !== lineFeed ? 0 : line.at(-2) === carriageReturn ? 2 : 1;

/** Any value other than a string or our own object is another application's message, and its whole text is payload. */
function ownValue(own: Own<Layer>, text: Uint8Array, end: number, mark: Mark): void {
  if (latin1(text.subarray(0, 1)) === quote && isJson(text)) {
    own('ndjson', 'string', 1, mark);
    ownJsonString(own, text.subarray(1, -1), { payload: 'unit', encoding: 'unit' });
    own('ndjson', 'end', 1 + end, 'field');
  } else if (object.test(latin1(text))) {
    own('ndjson', 'object', objectStart, mark);
    ownBase64(own, text.subarray(objectStart, -2), 'message', 'unit');
    own('ndjson', 'end', 2 + end, 'field');
  } else {
    own('payload', 'message', text.length, 'unit');
    if (end > 0) own('ndjson', 'end', end, 'unit');
  }
}

export const jsonLines: Open<Layer> = (tell, response) =>
  feed(tell, response, (told) => lines(told, response));
