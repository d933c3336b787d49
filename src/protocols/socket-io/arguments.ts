/**
 * The arguments of a Socket.IO event or acknowledgement: a JSON array whose first element may name the event. An
 * argument is the application's; the syntax around it is Socket.IO's, what escaping adds to a string is `encoding`.
 */
import { latin1 } from '../../wire/source.ts';
import type { Own } from '../../wire/span.ts';
import { ownJsonString } from '../encoding/json-string.ts';
import type { Layer } from '../layers.ts';
import { elementsOf } from './json-array.ts';

const quote = 0x22;

/**
 * As the adapters write offsets: in memory the time in seven digits of base 64 (from 2020 to 2048 the first is N to Z)
 * and perhaps a counter; with Redis Streams the entry's id; with MongoDB the document's. A volatile event has none; if
 * its last argument looks like one, socket.io-client mistakes it for one too.
 */
const offset = /^([N-Z][\w-]{6}(\.[\w-]+)?|\d{13}-\d+|[0-9a-f]{24})$/;
const longestOffset = 64;

export interface What {
  /** The first element is the event's name. */
  readonly isNamed: boolean;
  /** Placeholders stand where attachments belong. */
  readonly isBinary: boolean;
  readonly mayHaveOffset: boolean;
}

/** Owns a JSON array. */
export function ownArguments(
  own: Own<Layer>,
  array: Uint8Array,
  { isNamed, isBinary, mayHaveOffset }: What,
): void {
  let syntax = 0; // brackets, commas and quotes that touch are one span: around every element there are some
  const ownSyntax = () => {
    own('socket.io', 'json', syntax, 'field');
    syntax = 0;
  };
  let at = 0;
  let isName = isNamed;
  const elements = [...elementsOf(array)];
  for (const [index, { start, end }] of elements.entries()) {
    const quotes = array[start] === quote ? 1 : 0;
    const inside = array.subarray(start + quotes, end - quotes);
    syntax += start - at + quotes;
    const isLast = index > 0 && index === elements.length - 1;
    const parts = isBinary && quotes === 0 ? aroundPlaceholders(inside) : [];
    if (parts.length > 0) {
      for (const { isPlaceholder, length } of parts) {
        if (isPlaceholder) syntax += length;
        else {
          ownSyntax();
          own('payload', 'argument', length, 'unit');
        }
      }
    } else {
      ownSyntax();
      if (isName) own('socket.io', 'event-name', inside.length, 'field');
      else if (mayHaveOffset && isLast && quotes === 1 && isOffset(inside))
        own('socket.io', 'offset', inside.length, 'field');
      else if (quotes === 1) ownJsonString(own, inside, { payload: 'unit', encoding: 'unit' });
      else own('payload', 'argument', inside.length, 'unit');
    }
    syntax += quotes;
    isName = false;
    at = end;
  }
  syntax += array.length - at;
  ownSyntax();
}

const isOffset = (element: Uint8Array) => element.length <= longestOffset && offset.test(latin1(element));

/** In any order of its keys and with any white space; within a string every quote has a backslash before it. */
const placeholder =
  /\{\s*(?:"_placeholder"\s*:\s*true\s*,\s*"num"\s*:\s*\d+|"num"\s*:\s*\d+\s*,\s*"_placeholder"\s*:\s*true)\s*\}/g;

/** The parts of an argument that has placeholders for attachments; empty if it has none. */
function aroundPlaceholders(argument: Uint8Array): { isPlaceholder: boolean; length: number }[] {
  const parts: { isPlaceholder: boolean; length: number }[] = [];
  let at = 0;
  for (const { index, 0: found } of latin1(argument).matchAll(placeholder)) {
    if (index > at) parts.push({ isPlaceholder: false, length: index - at });
    parts.push({ isPlaceholder: true, length: found.length });
    at = index + found.length;
  }
  if (at > 0 && at < argument.length) parts.push({ isPlaceholder: false, length: argument.length - at });
  return parts;
}
