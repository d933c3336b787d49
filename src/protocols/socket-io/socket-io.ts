/**
 * Socket.IO protocol 5 (socket.io's socket.io-protocol): type digit, `attachments-`, `/namespace,`, ack id,
 * and a JSON array whose first element names the event. An argument is the application's; the syntax around
 * it is Socket.IO's, what escaping adds to a string is `encoding`. Attachments follow as binary messages.
 *
 * Where the server promised recovery (a `pid` in its CONNECT), an event that asks for no acknowledgement ends with an
 * offset: a further argument that the server added, by which a client that was away says what it saw last.
 */

import { type Message, partOf } from '../../wire/message.ts';
import { latin1 } from '../../wire/source.ts';
import { type Own, ownerOf, type Tell } from '../../wire/span.ts';
import { isJson, ownJsonString } from '../encoding/json-string.ts';
import type { Session } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { elementsOf } from './json-array.ts';

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

/**
 * As the adapters write offsets: in memory the time in seven digits of base 64 (from 2020 to 2048 the first is N to Z)
 * and perhaps a counter; with Redis Streams the entry's id; with MongoDB the document's. A volatile event has none, and if
 * its last argument looks like one, socket.io-client takes it for one, too.
 */
const offset = /^([N-Z][\w-]{6}(\.[\w-]+)?|\d{13}-\d+|[0-9a-f]{24})$/;
const longestOffset = 64;

/** Owns one packet: what a `message` packet of Engine.IO carries. Owns nothing and says `false` where it is none.
 *
 * @param carrier the packet of Engine.IO.
 * @param session whose server speaks; null where the client does, which sends no offsets with its events.
 */
export function ownSocketIo(
  tell: Tell<Layer>,
  carrier: Message,
  packet: Uint8Array,
  session: Session | null,
): boolean {
  const [read = '', plain, binary, attachments = '', namespace = '', ackId = ''] =
    header.exec(latin1(packet.subarray(0, longestHeader))) ?? [];
  const type = types[Number(plain ?? binary)];
  const data = packet.subarray(read.length);
  if (type === undefined || !isValid(type, data)) return false;
  const own = ownerOf(tell, partOf(carrier, 'packet', type));
  own('socket.io', type, 1, 'unit');
  const ownField = (name: string, bytes: number) => {
    if (bytes > 0) own('socket.io', name, bytes, 'field');
  };
  ownField('attachments', attachments.length);
  ownField('namespace', namespace.length);
  ownField('ack-id', ackId.length);
  const space = namespace.replace(/,$/, '') || '/';
  const isNamed = type.endsWith('event');
  if (type === 'connect' && session && givesPid(data)) session.promiseRecovery(space);
  if (isSystem(type)) ownField('json', data.length);
  else
    ownArguments(own, data, {
      isNamed,
      mayHaveOffset: isNamed && ackId === '' && session?.canRecover(space) === true,
    });
  return true;
}

function givesPid(json: Uint8Array): boolean {
  const said: unknown = json.length > 0 ? JSON.parse(Buffer.from(json).toString()) : null;
  return typeof said === 'object' && said !== null && 'pid' in said && typeof said.pid === 'string';
}

const isSystem = (type: string) => /connect/.test(type);

const isValid = (type: string, data: Uint8Array) =>
  isSystem(type) ? data.length === 0 || isJson(data) : latin1(data.subarray(0, 1)) === '[' && isJson(data);

interface What {
  /** The first element is the event's name. */
  readonly isNamed: boolean;
  readonly mayHaveOffset: boolean;
}

/** Owns a JSON array. */
function ownArguments(own: Own<Layer>, array: Uint8Array, { isNamed, mayHaveOffset }: What): void {
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
    if (isPlaceholder(inside)) {
      syntax += inside.length;
    } else {
      ownSyntax();
      const isLast = index > 0 && index === elements.length - 1;
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

/** Where an attachment belongs. */
const isPlaceholder = (element: Uint8Array) =>
  element.length < 64 && /^\{"_placeholder":true,"num":\d+\}$/.test(latin1(element));
