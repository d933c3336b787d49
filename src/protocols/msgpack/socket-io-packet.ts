/**
 * Packets of Socket.IO as MessagePack (socket.io-msgpack-parser): a map with `type`, `nsp`, and perhaps `data`, `id`
 * and `options`. Heads and keys are MessagePack's; what says type, namespace, id and event is Socket.IO's; arguments
 * are payload.
 */
import { type Message, partOf } from '../../wire/message.ts';
import { latin1 } from '../../wire/source.ts';
import { type Own, ownerOf, type Tell } from '../../wire/span.ts';
import type { Layer } from '../layers.ts';
import { isSystem, type PacketType, packetTypes } from '../socket-io/packet-types.ts';
import { type Packed, packedAt, packedEnd } from './msgpack.ts';

interface Member {
  readonly key: Packed;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The packet's type and members; null if the bytes are no packet. */
export function packedPacket(bytes: Uint8Array): { type: PacketType; members: readonly Member[] } | null {
  const map = packedAt(bytes, 0);
  if (map?.kind !== 'map') return null;
  const members = membersOf(bytes, map);
  const place = members?.find(({ name }) => name === 'type');
  const type = place && place.end - place.start === 1 ? packetTypes[bytes[place.start] ?? -1] : undefined;
  return members && type && members.some(({ name }) => name === 'nsp') ? { type, members } : null;
}

function membersOf(bytes: Uint8Array, map: Packed): Member[] | null {
  const members: Member[] = [];
  let at = map.end;
  for (let left = map.values / 2; left > 0; left--) {
    const key = packedAt(bytes, at);
    const end = key && packedEnd(bytes, key.end);
    if (key?.kind !== 'string' || end === null) return null;
    members.push({ key, name: latin1(bytes.subarray(key.start + key.head, key.end)), start: key.end, end });
    at = end;
  }
  return at === bytes.length ? members : null;
}

/** Owns the packet. If it is none, owns nothing and returns `false`. */
export function ownPackedPacket(tell: Tell<Layer>, carrier: Message, bytes: Uint8Array): boolean {
  const packet = packedPacket(bytes);
  if (packet === null) return false;
  const { type, members } = packet;
  const own = ownerOf(tell, partOf(carrier, 'packet', type));
  own('msgpack', 'head', members[0]?.key.start ?? bytes.length, 'unit');
  for (const { key, name, start, end } of members) {
    own('msgpack', 'key', key.end - key.start, 'field');
    if (name === 'type') own('socket.io', type, end - start, 'unit');
    else if (name === 'data' && !isSystem(type)) ownArguments(own, bytes.subarray(start, end), type);
    else
      own(
        'socket.io',
        name === 'nsp' ? 'namespace' : name === 'id' ? 'ack-id' : 'json',
        end - start,
        'field',
      );
  }
  return true;
}

function ownArguments(own: Own<Layer>, data: Uint8Array, type: PacketType): void {
  const array = packedAt(data, 0);
  if (array?.kind !== 'array') {
    own('payload', 'argument', data.length, 'unit');
    return;
  }
  own('msgpack', 'head', array.head, 'field');
  let at = array.end;
  for (let index = 0; index < array.values; index++) {
    const value = packedAt(data, at);
    const end = packedEnd(data, at) ?? data.length;
    // A map or an array of the application is its message with all its heads, as an object is in JSON.
    const head = value?.kind === 'string' || value?.kind === 'binary' ? value.head : 0;
    if (head > 0) own('msgpack', 'head', head, 'field');
    if (index === 0 && type.endsWith('event')) own('socket.io', 'event-name', end - at - head, 'field');
    else own('payload', 'argument', end - at - head, 'unit');
    at = end;
  }
}
