/**
 * A stream of JSON lines (NDJSON): each line a value, ended by LF. A string is a message of text; an object with the one
 * key `base64` a message of bytes; an empty line nothing, a heartbeat. Quotes, key and line end frame the message.
 */

import { type Message, partOf } from '../../wire/message.ts';
import { feed, giveUp, type Open, type Parser, through } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { type Own, ownerOf, type Tell } from '../../wire/span.ts';
import { ownBase64 } from '../encoding/base64.ts';
import { isJson, ownJsonString } from '../encoding/json-string.ts';
import type { Layer } from '../layers.ts';

const lineFeed = 0x0a;
const quote = '"';
const object = '{"base64":"';
/** Longer than the longest message with every byte escaped. */
const longestLine = 32 * 1024 * 1024;

function* lines(tell: Tell<Layer>, response: Message): Parser {
  for (;;) {
    const line = yield* through(lineFeed, longestLine);
    const text = line.subarray(0, -1);
    if (text.length > 0 && !isJson(text)) return yield* giveUp('malformed');
    const own = ownerOf(tell, partOf(response, 'line'));
    if (text.length === 0) own('ndjson', 'empty-line', 1, 'unit');
    else if (latin1(text.subarray(0, 1)) === quote) ownString(own, text);
    else if (latin1(text.subarray(0, object.length)) === object) ownObject(own, text);
    else ownForeign(own, text);
  }
}

/** `"hello"` and the line end. */
function ownString(own: Own<Layer>, text: Uint8Array) {
  own('ndjson', 'string', 1, 'unit');
  ownJsonString(own, text.subarray(1, -1), { payload: 'unit', encoding: 'unit' });
  own('ndjson', 'end', 2, 'field');
}

/** `{"base64":"aGk="}` and the line end. */
function ownObject(own: Own<Layer>, text: Uint8Array) {
  own('ndjson', 'object', object.length, 'unit');
  ownBase64(own, text.subarray(object.length, -2), 'message', 'unit');
  own('ndjson', 'end', 3, 'field');
}

/** A line of somebody else's application: the value is the message, whatever it is. */
function ownForeign(own: Own<Layer>, text: Uint8Array) {
  own('payload', 'message', text.length, 'unit');
  own('ndjson', 'end', 1, 'unit');
}

export const jsonLines: Open<Layer> = (tell, response) =>
  feed(tell, response, (told) => lines(told, response));
