/**
 * Packets of Engine.IO (socket.io's engine.io-protocol): one digit says the type, then data. A `message` packet
 * carries Socket.IO once the session has begun to speak it; otherwise it carries the application's message.
 */
import { whole } from '../../wire/buffered.ts';
import { type Message, partOf } from '../../wire/message.ts';
import type { Dissector, Open } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { ownerOf, type Tell } from '../../wire/span.ts';
import { verbatim } from '../../wire/verbatim.ts';
import { readInside } from '../coding/opened.ts';
import { ownBase64 } from '../encoding/base64.ts';
import type { Layer } from '../layers.ts';
import { ownPackedPacket, packedPacket } from '../msgpack/socket-io-packet.ts';
import { ownSocketIo } from '../socket-io/socket-io.ts';
import type { Endpoint } from './endpoint.ts';
import type { Session } from './sessions.ts';

const types = ['open', 'close', 'ping', 'pong', 'message', 'upgrade', 'noop'] as const;
/** Data of other packets than `message` belongs to Engine.IO itself; for these types it has its own name. */
const dataNames: { readonly [type: string]: string } = { open: 'handshake', ping: 'probe', pong: 'probe' };

/** The Engine.IO version and the session in which a packet is read. */
export interface Speaking {
  readonly endpoint: Pick<Endpoint, 'version' | 'isSocketIo'>;
  readonly session: Session;
}

/** @param carrier the frame, or the request or response, that the packet stands in. */
export function ownPacket(tell: Tell<Layer>, carrier: Message, packet: Uint8Array, speaking: Speaking): void {
  if (packet.length === 0) return;
  const digit = latin1(packet.subarray(0, 1));
  const type = /[0-6]/.test(digit) ? types[Number(digit)] : digit === 'b' ? 'binary' : undefined;
  const message = partOf(carrier, 'packet', type);
  const own = ownerOf(tell, message);
  if (type === undefined) own('unparsed', 'malformed', packet.length, 'unit');
  else if (type === 'binary') ownBinary(tell, message, packet, speaking);
  else {
    const data = packet.subarray(1);
    own('engine.io', type, 1, 'unit');
    if (type === 'message') ownMessage(tell, message, data, speaking);
    else if (data.length > 0) own('engine.io', dataNames[type] ?? 'data', data.length, 'field');
  }
}

function ownMessage(tell: Tell<Layer>, packet: Message, data: Uint8Array, speaking: Speaking): void {
  const { session, endpoint } = speaking;
  session.isSocketIo ||= endpoint.isSocketIo || beginsSocketIo(packet, data, endpoint.version);
  if (session.isSocketIo && ownSocketIo(tell, packet, data, session)) return;
  ownerOf(tell, packet)('payload', 'message', data.length, 'unit');
}

/** CONNECT: the client sends it first; in version 3 the server does, which admits every client unasked. */
function beginsSocketIo({ direction }: Message, data: Uint8Array, version: Endpoint['version']): boolean {
  const isConnect = /^0(\/[^,]*,?)?(\{.*\})?$/s.test(latin1(data.subarray(0, 4096)));
  return isConnect && (direction === 'up' || version === 3);
}

/** `b` and base64; in version 3 the type's digit stands in between. */
function ownBinary(tell: Tell<Layer>, message: Message, packet: Uint8Array, speaking: Speaking): void {
  const { endpoint, session } = speaking;
  const own = ownerOf(tell, message);
  const typeBytes = endpoint.version === 3 ? 2 : 1;
  own('engine.io', 'binary', typeBytes, 'unit');
  const data = packet.subarray(typeBytes);
  const name = binaryName(session, message);
  const clear = Buffer.from(latin1(data), 'base64');
  if (name === 'attachment' || !isPacked(clear, message, speaking)) {
    ownBase64(own, data, name, 'unit');
    return;
  }
  readInside(tell, message, packedPackets, 'as-clear', clear);
  own('encoding', 'base64', data.length - clear.length, 'unit');
}

const packedPackets: Open<Layer> = whole(
  (tell, bytes, message) => void ownPackedPacket(tell, message, bytes),
);

/** Whether the bytes are a Socket.IO packet in MessagePack, in a session that speaks Socket.IO. */
function isPacked(bytes: Uint8Array, { direction }: Message, { endpoint, session }: Speaking): boolean {
  const type = packedPacket(bytes)?.type;
  if (type === undefined) return false;
  session.isSocketIo ||= endpoint.isSocketIo || (type === 'connect' && direction === 'up');
  return session.isSocketIo;
}

/** Socket.IO announces attachments in the packet before them; binary data that was not announced is a message. */
function binaryName({ due }: Session, { direction }: Message): 'attachment' | 'message' {
  if (due[direction] === 0) return 'message';
  due[direction]--;
  return 'attachment';
}

/** A binary message of the WebSocket transport: bare; in version 3 behind a byte that says its type. */
export const binaryMessage =
  (speaking: Speaking): Open<Layer> =>
  (tell, frame) => {
    const name = binaryName(speaking.session, frame);
    const data = verbatim<Layer>('payload', name, 'unit')(tell, frame);
    const message = name === 'attachment' ? data : packedOr(data, tell, frame, speaking);
    if (speaking.endpoint.version === 4) return message;
    let hasType = false;
    return {
      push(bytes) {
        const type = hasType ? 0 : Math.min(1, bytes.length);
        if (type > 0)
          tell({ message: frame, layer: 'engine.io', name: 'message', length: type, mark: 'unit' });
        hasType ||= type > 0;
        message.push(bytes.subarray(type));
      },
      end: () => message.end(),
    };
  };

/** A message that begins as a MessagePack map is kept, because it may be a packet; any other is streamed. */
function packedOr(data: Dissector, tell: Tell<Layer>, frame: Message, speaking: Speaking): Dissector {
  const kept: Uint8Array[] = [];
  let mayBePacket: boolean | null = null;
  return {
    push(bytes) {
      if (bytes.length === 0) return;
      mayBePacket ??= beginsMap(bytes[0] ?? 0);
      if (mayBePacket) kept.push(bytes);
      else data.push(bytes);
    },
    end() {
      const bytes = Buffer.concat(kept);
      const isPacket = bytes.length > 0 && isPacked(bytes, frame, speaking);
      if (isPacket) ownPackedPacket(tell, frame, bytes);
      else {
        data.push(bytes);
        data.end();
      }
    },
  };
}

const beginsMap = (first: number): boolean => (first & 0xf0) === 0x80 || first === 0xde || first === 0xdf;
