/**
 * The head of a WebSocket frame (RFC 6455 §5.2): FIN, RSV and opcode in the first byte, the mask bit and the
 * length in the second, longer lengths and the masking key after them. Gives up on a head that breaks a rule
 * before any of it is owned, so that the whole frame becomes `unparsed`. A length in more bytes than needed breaks a
 * rule too, but is accepted: its value is clear.
 */
import type { Ask } from '../../wire/reader.ts';

export interface FrameHead {
  readonly kind: 'continuation' | 'text' | 'binary' | 'close' | 'ping' | 'pong';
  readonly final: boolean;
  readonly compressed: boolean;
  /** How many bytes say the length: 1, 3 or 9. */
  readonly lengthBytes: 1 | 3 | 9;
  readonly length: number;
  readonly mask: Uint8Array | undefined;
}

/**
 * The negotiated extension: `deflate`: permessage-deflate (RFC 7692); `deflate-each`: the same without context
 * takeover; `other`: one that this tool does not read, which may use any of the reserved bits.
 */
export type Extension = 'none' | 'deflate' | 'deflate-each' | 'other';

export interface HeadRules {
  readonly masked: boolean;
  readonly extension: Extension;
  /** A message has begun and not ended: its next frame is a continuation. */
  inMessage: boolean;
}

/** By their opcode (RFC 6455 §11.8); every other one is reserved. */
const frameKinds: { readonly [opcode: number]: FrameHead['kind'] } = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

/** Asks for the whole head of the next frame. Not a parser, to save time: a connection may have a million frames. */
export const askHead =
  (rules: Readonly<HeadRules>): Ask =>
  (source) => {
    if (source.length() < 2) return undefined;
    const bytes = headBytes(source.at(0), source.at(1), rules);
    if (bytes === null) return 'malformed';
    if (source.length() < bytes) return undefined;
    // The longest length has 63 bits; no real message has a length that a JavaScript number cannot hold exactly.
    const isTooLong = (source.at(1) & 0x7f) === 127 && source.at(2) * 256 + source.at(3) > 0x1f;
    return isTooLong ? 'malformed' : source.take(bytes);
  };

/** @param bytes of the head. */
export function headOf(bytes: Uint8Array): FrameHead {
  const [first = 0, second = 0] = bytes;
  const short = second & 0x7f;
  const lengthBytes = lengthBytesOf(short);
  const isMasked = (second & 0x80) !== 0;
  return {
    kind: frameKinds[first & 0x0f] ?? 'continuation',
    final: (first & 0x80) !== 0,
    compressed: (first & 0x70) !== 0,
    lengthBytes,
    length: short < 126 ? short : bytes.subarray(2, 1 + lengthBytes).reduce(grown, 0),
    mask: isMasked ? bytes.subarray(1 + lengthBytes) : undefined,
  };
}

const lengthBytesOf = (short: number): FrameHead['lengthBytes'] => (short < 126 ? 1 : short === 126 ? 3 : 9);

const grown = (value: number, byte: number): number => value * 256 + byte;

/** How long the head is; null where its first two bytes break a rule. */
function headBytes(first: number, second: number, rules: Readonly<HeadRules>): number | null {
  const kind = frameKinds[first & 0x0f];
  const isMasked = (second & 0x80) !== 0;
  const shortLength = second & 0x7f;
  if (kind === undefined || isMasked !== rules.masked) return null;
  const frame = { final: (first & 0x80) !== 0, reserved: first & 0x70, shortLength };
  if (!isAllowed(kind, frame, rules)) return null;
  return 1 + lengthBytesOf(shortLength) + (isMasked ? 4 : 0);
}

function isAllowed(
  kind: FrameHead['kind'],
  frame: { final: boolean; reserved: number; shortLength: number },
  rules: Readonly<HeadRules>,
): boolean {
  if (kind === 'close' || kind === 'ping' || kind === 'pong') {
    // A close of one byte would be half a status code (§5.5.1).
    const fits = frame.shortLength <= 125 && !(kind === 'close' && frame.shortLength === 1);
    return frame.final && frame.reserved === 0 && fits;
  }
  const startsMessage = kind !== 'continuation';
  return startsMessage !== rules.inMessage && isAllowedReserved(frame.reserved, startsMessage, rules);
}

function isAllowedReserved(
  reserved: number,
  startsMessage: boolean,
  { extension }: Readonly<HeadRules>,
): boolean {
  if (reserved === 0 || extension === 'other') return true;
  return reserved === 0x40 && extension !== 'none' && startsMessage;
}
