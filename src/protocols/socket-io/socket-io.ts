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
import { ownerOf, type Tell } from '../../wire/span.ts';
import { isJson } from '../encoding/json-string.ts';
import type { Session } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { ownArguments } from './arguments.ts';
import { ownJsonPacket } from './json-packet.ts';
import { isSystem, type PacketType, packetTypes } from './packet-types.ts';

/** Only the binary types announce attachments; an event's digits are its ack id. */
const header = /^(?:([0-4])|([56])(\d+-))(\/[^,]*(?:,|$))?(\d*)/;
const longestHeader = 4096;

/** Owns one packet, from a `message` packet of Engine.IO. If it is none, owns nothing and returns `false`.
 *
 * @param carrier the packet of Engine.IO.
 */
export function ownSocketIo(
  tell: Tell<Layer>,
  carrier: Message,
  packet: Uint8Array,
  session: Session,
): boolean {
  const [read = '', plain, binary, attachments = '', namespace = '', ackId = ''] =
    header.exec(latin1(packet.subarray(0, longestHeader))) ?? [];
  const type = packetTypes[Number(plain ?? binary)];
  const data = packet.subarray(read.length);
  if (type === undefined || !isValid(type, data)) return ownJsonPacket(tell, carrier, packet);
  const { direction } = carrier;
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
  // Only a server's CONNECT has a `pid`, and only its events have offsets.
  if (type === 'connect' && direction === 'down' && givesPid(data)) session.recoverable.add(space);
  if (binary !== undefined) session.due[direction] += Number.parseInt(attachments, 10);
  const mayHaveOffset = isNamed && direction === 'down' && ackId === '' && session.recoverable.has(space);
  if (isSystem(type)) ownField('json', data.length);
  else ownArguments(own, data, { isNamed, isBinary: binary !== undefined, mayHaveOffset });
  return true;
}

function givesPid(json: Uint8Array): boolean {
  const said: unknown = json.length > 0 ? JSON.parse(Buffer.from(json).toString()) : null;
  return typeof said === 'object' && said !== null && 'pid' in said && typeof said.pid === 'string';
}

const isValid = (type: PacketType, data: Uint8Array) =>
  isSystem(type) ? data.length === 0 || isJson(data) : latin1(data.subarray(0, 1)) === '[' && isJson(data);
