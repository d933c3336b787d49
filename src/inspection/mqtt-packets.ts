/**
 * Packets of MQTT and the WebSocket messages that carry them (MQTT 5.0 §6: a message may hold a part of a packet, or
 * several; §2.1.4: a packet's length). MQTT.js writes each field of a packet by itself, so each field costs a frame
 * head.
 */

import { requestOf } from '../wire/message.ts';
import type { Direction } from '../wire/span.ts';
import { frameOf, type SaidMessage } from './said.ts';

export interface MqttPackets {
  readonly packets: number;
  readonly messages: number;
  /** Heads of messages that begin in the middle of a packet. */
  readonly headBytes: number;
}

const subprotocol = /^mqtt(v3\.1)?$/;

export function watchMqttPackets() {
  const counted = { packets: 0, messages: 0, headBytes: 0 };
  const ways: Record<Direction, ReturnType<typeof readPackets>> = { up: readPackets(), down: readPackets() };
  return {
    said({ carrier, direction, first, length, wireBytes }: SaidMessage) {
      const spoken = requestOf(carrier)?.peer?.headers.get('sec-websocket-protocol') ?? '';
      if (!subprotocol.test(spoken) || !frameOf(carrier)) return;
      const way = ways[direction];
      const isMore = way.isWithin();
      const packets = way.read(first(), length);
      if (packets === null) return;
      counted.packets += packets;
      counted.messages++;
      if (isMore) counted.headBytes += Math.max(0, wireBytes - length);
    },
    read: (): MqttPackets => ({ ...counted }),
  };
}

/** Where packets begin in the messages of one direction. */
function readPackets() {
  let left = 0;
  /** The packet's length so far, 7 bits a byte; null before the type was read. */
  let head: { length: number; bytes: number } | null = null;
  let isLost = false;
  return {
    isWithin: () => left > 0 || head !== null,
    /** How many packets begin; null for good once a length lies in bytes that were not kept, or is malformed. */
    read(first: Uint8Array, length: number): number | null {
      let packets = 0;
      for (let at = 0; at < length && !isLost; ) {
        if (left > 0) {
          const step = Math.min(left, length - at);
          left -= step;
          at += step;
          continue;
        }
        const byte = first[at++];
        if (byte === undefined) isLost = true;
        else if (head === null) {
          head = { length: 0, bytes: 0 };
          packets++;
        } else {
          head.length += (byte & 0x7f) * 128 ** head.bytes++;
          if (byte < 0x80) [left, head] = [head.length, null];
          else if (head.bytes === 4) isLost = true;
        }
      }
      return isLost ? null : packets;
    },
  };
}
