/**
 * Socket.IO protocol 5 (socket.io's socket.io-protocol): type digit, `attachments-`, `/namespace,`, ack id,
 * and a JSON array whose first element names the event. An argument is the application's; the syntax around
 * it is Socket.IO's, what escaping adds to a string is `encoding`. Attachments follow as binary messages.
 */
import { elementsOf } from './json-array.ts';
import { isJson, ownJsonString } from './json-string.ts';
import { latin1 } from './source.ts';
import type { Emit } from './span.ts';

const types = [
  'connect',
  'disconnect',
  'event',
  'ack',
  'connect-error',
  'binary-event',
  'binary-ack',
] as const;
/** Only the binary types announce attachments; an event's digits are its ack id. */
const header = /^(?:([0-4])|([56])(\d+-))(\/[^,]*(?:,|$))?(\d*)/;
const longestHeader = 4096;
const quote = 0x22;

/** Owns one packet: what a `message` packet of Engine.IO carries. Owns nothing and says `false` where it is none. */
export function ownSocketIo(emit: Emit, packet: Uint8Array): boolean {
  const [read = '', plain, binary, attachments = '', namespace = '', ackId = ''] =
    header.exec(latin1(packet.subarray(0, longestHeader))) ?? [];
  const type = types[Number(plain ?? binary)];
  const data = packet.subarray(read.length);
  if (type === undefined || !isValid(type, data)) return false;
  emit('socket.io', type, 1, 'unit');
  const ownField = (name: string, bytes: number) => {
    if (bytes > 0) emit('socket.io', name, bytes, 'field');
  };
  ownField('attachments', attachments.length);
  ownField('namespace', namespace.length);
  ownField('ack-id', ackId.length);
  if (isSystem(type)) ownField('json', data.length);
  else ownArguments(emit, data, type.endsWith('event'));
  return true;
}

const isSystem = (type: string) => /connect/.test(type);

const isValid = (type: string, data: Uint8Array) =>
  isSystem(type) ? data.length === 0 || isJson(data) : latin1(data.subarray(0, 1)) === '[' && isJson(data);

/** Owns a JSON array; the first element is the event's name where the packet is `named`. */
function ownArguments(emit: Emit, array: Uint8Array, named: boolean): void {
  let syntax = 0; // brackets, commas and quotes that touch are one span: around every element there are some
  const ownSyntax = () => {
    emit('socket.io', 'json', syntax, 'field');
    syntax = 0;
  };
  let at = 0;
  let isName = named;
  for (const { start, end } of elementsOf(array)) {
    const quotes = array[start] === quote ? 1 : 0;
    const inside = array.subarray(start + quotes, end - quotes);
    syntax += start - at + quotes;
    if (isPlaceholder(inside)) {
      syntax += inside.length;
    } else {
      ownSyntax();
      if (isName) emit('socket.io', 'event-name', inside.length, 'field');
      else if (quotes === 1) ownJsonString(emit, inside, { payload: 'unit', encoding: 'unit' });
      else emit('payload', 'argument', inside.length, 'unit');
    }
    syntax += quotes;
    isName = false;
    at = end;
  }
  syntax += array.length - at;
  ownSyntax();
}

/** Where an attachment belongs. */
const isPlaceholder = (element: Uint8Array) =>
  element.length < 64 && /^\{"_placeholder":true,"num":\d+\}$/.test(latin1(element));
