/**
 * Bodies of Engine.IO protocol 3 (what Socket.IO 2 speaks). Text: `6:4hello`, the length in UTF-16 units, a colon, the
 * packet. Binary: a byte 0 (text) or 1 (bytes), the length in bytes, a digit a byte, the byte 255, the packet.
 */
import { whole } from '../../wire/buffered.ts';
import type { Message } from '../../wire/message.ts';
import type { Open } from '../../wire/reader.ts';
import { latin1 } from '../../wire/source.ts';
import { ownerOf, type Tell } from '../../wire/span.ts';
import { verbatim } from '../../wire/verbatim.ts';
import type { Layer } from '../layers.ts';
import { binaryMessage, ownPacket, type Speaking } from './packets.ts';

const endOfLength = 0xff;
const longestLength = 16;

export const lengthPrefixed = (speaking: Speaking): Open<Layer> =>
  whole<Layer>((tell, bytes, body) => ownLengthPrefixed(tell, body, bytes, speaking));

/** Whether a body is all packets of text behind their lengths: `2:40`, and nothing left over. */
export function isLengthPrefixed(bytes: Uint8Array): boolean {
  let at = 0;
  for (let framed = textFrame(bytes, 0); framed; framed = textFrame(bytes, at)) at = framed.end;
  return bytes.length > 0 && at === bytes.length;
}

export function ownLengthPrefixed(
  tell: Tell<Layer>,
  body: Message,
  bytes: Uint8Array,
  speaking: Speaking,
): void {
  for (let at = 0; at < bytes.length; ) {
    const framed = (bytes[at] ?? 0) <= 1 ? binaryFrame(bytes, at) : textFrame(bytes, at);
    if (framed === null) {
      // Without a length this is not a body of protocol 3, and no packet can be found in it.
      verbatim<Layer>('payload', 'body', 'unit')(tell, body).push(bytes.subarray(at));
      return;
    }
    ownerOf(tell, body)('engine.io', 'length', framed.start - at, 'field');
    const packet = bytes.subarray(framed.start, framed.end);
    if (framed.isText) ownPacket(tell, body, packet, speaking);
    else ownBytes(tell, body, packet, speaking);
    at = framed.end;
  }
}

interface Framed {
  readonly isText: boolean;
  readonly start: number;
  readonly end: number;
}

function binaryFrame(bytes: Uint8Array, at: number): Framed | null {
  const start = bytes.indexOf(endOfLength, at) + 1;
  if (start === 0 || start - at > longestLength) return null;
  const length = Number([...bytes.subarray(at + 1, start - 1)].join(''));
  const end = start + length;
  return Number.isInteger(length) && end <= bytes.length ? { isText: bytes[at] === 0, start, end } : null;
}

function textFrame(bytes: Uint8Array, at: number): Framed | null {
  // Bodies of version 4 come here too, to be tested: only as many bytes are looked at as a length takes.
  const [length = '', digits] = /^(\d{1,12}):/.exec(latin1(bytes.subarray(at, at + 13))) ?? [];
  if (digits === undefined) return null;
  const start = at + length.length;
  const end = endOfUnits(bytes, start, Number(digits));
  return end === null ? null : { isText: true, start, end };
}

/** Where so many UTF-16 units of UTF-8 text end: a character of four bytes is two units. */
function endOfUnits(bytes: Uint8Array, start: number, units: number): number | null {
  let at = start;
  for (let left = units; left > 0; ) {
    const byte = bytes[at];
    if (byte === undefined) return null;
    const length = byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    left -= length === 4 ? 2 : 1;
    at += length;
  }
  return at <= bytes.length ? at : null;
}

/** A packet of bytes: its type is a byte, not a digit. */
function ownBytes(tell: Tell<Layer>, body: Message, packet: Uint8Array, speaking: Speaking): void {
  const reader = binaryMessage(speaking)(tell, body);
  reader.push(packet);
  reader.end();
}
