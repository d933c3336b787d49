/**
 * An event stream (WHATWG HTML §9.2.6): fields, and an empty line that dispatches the event. Payload is what
 * the page receives: the `data` values, and the newline that joins each to the next. The types of `sseTypes`
 * say that a value is base64 or a JSON string, because a data line cannot carry it as it is.
 *
 * After the first data line, a line end is owned one line late: it is payload when a data line follows. Where the
 * stream ends before the empty line, no page gets the event (§9.2.6): its fields are told, and then that it is
 * `unfinished`.
 */

import { type Message, partOf } from '../../wire/message.ts';
import { feed, type Open, type Parser } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { type Mark, type Own, ownerOf, type Tell } from '../../wire/span.ts';
import { sseTypes } from '../contract.ts';
import { ownBase64 } from '../encoding/base64.ts';
import { isJson, ownJsonString } from '../encoding/json-string.ts';
import type { Layer } from '../layers.ts';
import { lineOf, readLine, type SseLine } from './sse-line.ts';

/** The end of the line before, and the field it belongs to if it does not join data. */
interface HeldEnd {
  readonly own: Own<Layer>;
  readonly name: string;
  readonly bytes: number;
  readonly mark: Mark;
}

/** `own` owns for this event; for the event before it while a new event has no line yet. */
type EventSoFar = { readonly own: Own<Layer>; readonly type: string } & (
  | { readonly kind: 'new' | 'fields' }
  | { readonly kind: 'data'; readonly held: HeldEnd }
);

const byteOrderMark = '\u00ef\u00bb\u00bf'; // U+FEFF as UTF-8, seen byte by byte
const quote = 0x22;

function* events(tell: Tell<Layer>, response: Message): Parser {
  let event: EventSoFar = { kind: 'new', type: '', own: ownerOf(tell, response) };
  try {
    let line = yield* readLine();
    if (latin1(line.text.subarray(0, 3)) === byteOrderMark) {
      event.own('sse', 'byte-order-mark', 3, 'field');
      line = lineOf(line.text.subarray(3), line.end);
    }
    for (;;) {
      // A comment is no part of an event: a heartbeat stands for itself.
      const begins: boolean = line.name === 'comment' || (event.kind === 'new' && line.name !== 'dispatch');
      const own: Own<Layer> = begins ? ownerOf(tell, partOf(response, 'event')) : event.own;
      const mark: Mark = begins ? 'unit' : 'field';
      if (line.end === 0) event = ownTorn(own, mark, line, event);
      else if (line.name === 'data') event = ownData(own, mark, line, event);
      else event = ownOther(own, mark, line, event);
      line = yield* readLine();
    }
  } finally {
    if (event.kind === 'data') {
      release(event, 0);
      event.own('sse', 'unfinished', 0, 'field');
    }
  }
}

function ownData(own: Own<Layer>, mark: Mark, line: SseLine, event: EventSoFar): EventSoFar {
  const { type } = event;
  const continues = event.kind === 'data';
  // Lines of base64 or JSON are encoded data: the newline that joins them is not part of the message.
  if (continues) release(event, isEncoded(type) ? 0 : 1);
  own('sse', 'data', line.text.length - line.value.length, mark);
  ownValue(own, line.value, type, continues ? 'more' : 'unit');
  return { kind: 'data', type, own, held: { own, name: 'line-end', bytes: line.end, mark: 'field' } };
}

function ownOther(own: Own<Layer>, mark: Mark, line: SseLine, event: EventSoFar): EventSoFar {
  if (event.kind === 'data') release(event, 0);
  const { name, text, end } = line;
  const dispatches = name === 'dispatch';
  const holds = event.kind === 'data' && !dispatches;
  own('sse', name, text.length + (holds ? 0 : end), mark);
  if (holds) return { ...event, held: { own, name, bytes: end, mark: 'more' } };
  if (dispatches) return { kind: 'new', type: '', own };
  if (name === 'comment') return event;
  return { kind: 'fields', type: name === 'event' ? latin1(line.value) : event.type, own };
}

/** The stream ends within this line. An event that has data ends with it. */
function ownTorn(own: Own<Layer>, mark: Mark, line: SseLine, event: EventSoFar): EventSoFar {
  if (event.kind === 'data') release(event, 0);
  own('sse', 'unfinished-line', line.text.length, mark);
  if (event.kind !== 'data' && line.name !== 'data') return event;
  return { kind: 'data', type: event.type, own, held: { own, name: 'line-end', bytes: 0, mark: 'more' } };
}

/** Owns the line end before this line: `joined` bytes of it are payload. */
function release({ own, held }: Extract<EventSoFar, { kind: 'data' }>, joined: number): void {
  if (joined > 0) own('payload', 'message', joined, 'more');
  if (held.bytes > joined) held.own('sse', held.name, held.bytes - joined, held.mark);
}

const isEncoded = (type: string) => type === sseTypes.binary || type === sseTypes.json;

function ownValue(own: Own<Layer>, value: Uint8Array, type: string, mark: 'unit' | 'more'): void {
  if (type === sseTypes.binary) {
    ownBase64(own, value, 'message', mark);
  } else if (type === sseTypes.json && value[0] === quote && isJson(value)) {
    const closing = value.lastIndexOf(quote); // white space may follow it
    own('encoding', 'json-escape', 1, mark);
    ownJsonString(own, value.subarray(1, closing), { payload: mark, encoding: 'more' });
    own('encoding', 'json-escape', value.length - closing, 'more');
  } else {
    own('payload', 'message', value.length, mark);
  }
}

export const eventStream: Open<Layer> = (tell, response) => {
  const reader = feed(tell, response, (told) => events(told, response));
  // A broken-off stream leaves its last event unfinished, as an ended one does.
  return { ...reader, breakOff: reader.end };
};
