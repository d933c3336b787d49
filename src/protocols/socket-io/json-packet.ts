/**
 * Packets as JSON objects, as socket.io-json-parser writes them: `{"type":2,"nsp":"/","data":["message","hi"]}`. Of the
 * `data` of events and acknowledgements the arguments are the application's; everything else is Socket.IO's.
 */
import { type Message, partOf } from '../../wire/message.ts';
import { ownerOf, type Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';
import { ownArguments } from './arguments.ts';
import { membersOf } from './json-array.ts';
import { isSystem, packetTypes } from './packet-types.ts';

/** Owns the packet. If it is none, owns nothing and returns `false`. */
export function ownJsonPacket(tell: Tell<Layer>, carrier: Message, packet: Uint8Array): boolean {
  const said = parsed(packet);
  if (said === null) return false;
  const { type, data } = said;
  const own = ownerOf(tell, partOf(carrier, 'packet', type));
  const place = [...membersOf(packet)].find(({ key }) => key === 'data');
  if (isSystem(type) || !Array.isArray(data) || !place) {
    own('socket.io', type, packet.length, 'unit');
    return true;
  }
  own('socket.io', type, place.start, 'unit');
  const isNamed = type.endsWith('event');
  const array = packet.subarray(place.start, place.end);
  ownArguments(own, array, { isNamed, isBinary: type.startsWith('binary'), mayHaveOffset: false });
  own('socket.io', 'json', packet.length - place.end, 'more');
  return true;
}

function parsed(packet: Uint8Array): { type: (typeof packetTypes)[number]; data: unknown } | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(packet).toString());
    if (typeof said !== 'object' || said === null || !('type' in said) || !('nsp' in said)) return null;
    const type = packetTypes[Number(said.type)];
    return type && typeof said.nsp === 'string' ? { type, data: 'data' in said ? said.data : null } : null;
  } catch {
    return null;
  }
}
