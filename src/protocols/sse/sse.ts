/**
 * An event stream (WHATWG HTML §9.2.6): fields, and an empty line that dispatches the event. Payload is what
 * the page receives: the `data` values, and the newline that joins each to the next. The types of `sseTypes`
 * say that a value is base64 or a JSON string, because a data line cannot carry it as it is.
 *
 * After the first data line, a line end is owned one line late: it is payload when a data line follows.
 */

import { feed, type Open, type Parser } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import type { Emit, Mark } from '../../wire/span.ts';
import { sseTypes } from '../contract.ts';
import { ownBase64 } from '../encoding/base64.ts';
import { isJson, ownJsonString } from '../encoding/json-string.ts';
import { type Line, lineOf, readLine } from './sse-line.ts';

/** The end of the line before, and the field it belongs to if it does not join data. */
interface HeldEnd {
  readonly name: string;
  readonly bytes: number;
  readonly mark: Mark;
}

type EventSoFar =
  | { readonly kind: 'new' | 'fields'; readonly type: string }
  | { readonly kind: 'data'; readonly type: string; readonly held: HeldEnd };

const newEvent: EventSoFar = { kind: 'new', type: '' };

const byteOrderMark = '\u00ef\u00bb\u00bf'; // U+FEFF as UTF-8, seen byte by byte
const quote = 0x22;

function* events(emit: Emit): Parser {
  let event = newEvent;
  let line = yield* readLine();
  if (latin1(line.text.subarray(0, 3)) === byteOrderMark) {
    emit('sse', 'byte-order-mark', 3, 'field');
    line = lineOf(line.text.subarray(3), line.end);
  }
  for (;;) {
    event = line.name === 'data' ? ownData(emit, line, event) : ownOther(emit, line, event);
    line = yield* readLine();
  }
}

function ownData(emit: Emit, line: Line, event: EventSoFar): EventSoFar {
  const { type } = event;
  const continues = event.kind === 'data';
  // Base64 and JSON are not text yet: their lines are joined by no newline that the page would see.
  if (continues) release(emit, event.held, isEncoded(type) ? 0 : 1);
  emit('sse', 'data', line.text.length - line.value.length, event.kind === 'new' ? 'unit' : 'field');
  ownValue(emit, line.value, type, continues ? 'more' : 'unit');
  return { kind: 'data', type, held: { name: 'line-end', bytes: line.end, mark: 'field' } };
}

function ownOther(emit: Emit, line: Line, event: EventSoFar): EventSoFar {
  if (event.kind === 'data') release(emit, event.held, 0);
  const { name, text, end } = line;
  const dispatches = name === 'dispatch';
  const comments = name === 'comment'; // no part of an event: a heartbeat stands for itself
  const mark = comments || (event.kind === 'new' && !dispatches) ? 'unit' : 'field';
  const holds = event.kind === 'data' && !dispatches;
  emit('sse', name, text.length + (holds ? 0 : end), mark);
  if (holds) return { ...event, held: { name, bytes: end, mark: 'more' } };
  if (dispatches) return newEvent;
  if (comments) return event;
  return { kind: 'fields', type: name === 'event' ? latin1(line.value) : event.type };
}

/** Owns the line end before this line: `joined` bytes of it are payload. */
function release(emit: Emit, held: HeldEnd, joined: number): void {
  if (joined > 0) emit('payload', 'message', joined, 'more');
  if (held.bytes > joined) emit('sse', held.name, held.bytes - joined, held.mark);
}

const isEncoded = (type: string) => type === sseTypes.binary || type === sseTypes.json;

function ownValue(emit: Emit, value: Uint8Array, type: string, mark: 'unit' | 'more'): void {
  if (type === sseTypes.binary) {
    ownBase64(emit, value, 'message', mark);
  } else if (type === sseTypes.json && value[0] === quote && isJson(value)) {
    const closing = value.lastIndexOf(quote); // white space may follow it
    emit('encoding', 'json-escape', 1, mark);
    ownJsonString(emit, value.subarray(1, closing), { payload: mark, encoding: 'more' });
    emit('encoding', 'json-escape', value.length - closing, 'more');
  } else {
    emit('payload', 'message', value.length, mark);
  }
}

export const eventStream: Open = (emit) => feed(emit, events);
