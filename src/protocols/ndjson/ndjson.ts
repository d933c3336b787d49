/**
 * A stream of JSON lines (NDJSON): each line a value, ended by LF. A string is a message of text; an object with the one
 * key `base64` a message of bytes; an empty line nothing, a heartbeat. Quotes, key and line end frame the message.
 */

import { feed, giveUp, type Open, type Parser, through } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import type { Emit } from '../../wire/span.ts';
import { ownBase64 } from '../encoding/base64.ts';
import { isJson, ownJsonString } from '../encoding/json-string.ts';

const lineFeed = 0x0a;
const quote = '"';
const object = '{"base64":"';
/** Longer than the longest message with every byte escaped. */
const longestLine = 32 * 1024 * 1024;

function* lines(emit: Emit): Parser {
  for (;;) {
    const line = yield* through(lineFeed, longestLine);
    const text = line.subarray(0, -1);
    if (text.length === 0) emit('ndjson', 'empty-line', 1, 'unit');
    else if (!isJson(text)) return yield* giveUp('malformed');
    else if (latin1(text.subarray(0, 1)) === quote) ownString(emit, text);
    else if (latin1(text.subarray(0, object.length)) === object) ownObject(emit, text);
    else ownForeign(emit, text);
  }
}

/** `"hello"` and the line end. */
function ownString(emit: Emit, text: Uint8Array) {
  emit('ndjson', 'string', 1, 'unit');
  ownJsonString(emit, text.subarray(1, -1), { payload: 'unit', encoding: 'unit' });
  emit('ndjson', 'end', 2, 'field');
}

/** `{"base64":"aGk="}` and the line end. */
function ownObject(emit: Emit, text: Uint8Array) {
  emit('ndjson', 'object', object.length, 'unit');
  ownBase64(emit, text.subarray(object.length, -2), 'message', 'unit');
  emit('ndjson', 'end', 3, 'field');
}

/** A line of somebody else's application: the value is the message, whatever it is. */
function ownForeign(emit: Emit, text: Uint8Array) {
  emit('payload', 'message', text.length, 'unit');
  emit('ndjson', 'end', 1, 'unit');
}

export const jsonLines: Open = (emit) => feed(emit, lines);
