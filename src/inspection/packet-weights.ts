/**
 * What Socket.IO packets weigh that a custom parser has written, as MessagePack or as JSON objects, and what they would
 * weigh with the usual parser. Only packets whose bytes are all kept; larger ones, and those with binary, are left out.
 */
import type { Layer } from '../protocols/layers.ts';
import { unpacked } from '../protocols/msgpack/unpacked.ts';
import { packetTypes } from '../protocols/socket-io/packet-types.ts';
import type { Message } from '../wire/message.ts';
import type { Span } from '../wire/span.ts';
import { beginningBytes } from './said.ts';

export interface PacketWeights {
  readonly packets: number;
  readonly bytes: number;
  /** Bytes of the same packets from Socket.IO's own parser, with the digit of Engine.IO before text. */
  readonly plainBytes: number;
}

const types: readonly string[] = packetTypes;
const openingBrace = 0x7b;

export function watchPacketWeights() {
  const counted = { packets: 0, bytes: 0, plainBytes: 0 };
  let current: Message | null = null;
  let parts: Uint8Array[] = [];
  let kept = 0;
  const end = () => {
    if (current === null) return;
    const packet = Buffer.concat(parts);
    const plain = plainLength(packet);
    current = null;
    if (plain === null) return;
    counted.packets++;
    counted.bytes += packet.length + (packet[0] === openingBrace ? 1 : 0);
    counted.plainBytes += 1 + plain;
  };
  return {
    /** @param beginning makes the first bytes of the span's, as on the wire. */
    tell({ message, length, clear, mark }: Span<Layer>, beginning: () => Uint8Array) {
      if (message !== current) {
        if (mark === 'unit') end();
        if (mark !== 'unit' || message.kind !== 'packet' || !types.includes(message.type)) return;
        const [first = 0] = length > 0 && clear ? clear() : beginning();
        if (first !== openingBrace && (first < 0x80 || first > 0x8f)) return;
        current = message;
        [parts, kept] = [[], 0];
      }
      kept += length;
      // A compressed packet's spans have no bytes of their own, and a long packet is not kept.
      if (length === 0 || kept > beginningBytes) current = null;
      else parts.push(clear ? clear() : Buffer.from(beginning()));
    },
    end,
    read: (): PacketWeights => ({ ...counted }),
  };
}

function plainLength(packet: Buffer): number | null {
  const said: unknown = packet[0] === openingBrace ? parsed(packet) : unpacked(packet)?.value;
  if (typeof said !== 'object' || said === null) return null;
  const { type, nsp = '/', id = '', data } = said as Record<string, unknown>;
  const space = nsp === '/' ? '' : `${nsp},`;
  return Buffer.byteLength(`${type}${space}${id ?? ''}${data === undefined ? '' : JSON.stringify(data)}`);
}

function parsed(packet: Buffer): unknown {
  try {
    return JSON.parse(packet.toString());
  } catch {
    return null;
  }
}
