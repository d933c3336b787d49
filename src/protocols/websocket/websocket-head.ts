/**
 * The head of a WebSocket frame (RFC 6455 §5.2): FIN, RSV and opcode in the first byte, the mask bit and the
 * length in the second, longer lengths and the masking key after them. Gives up on a head that breaks a rule
 * before any of it is owned, so that the whole frame becomes `unparsed`. A length that is written longer than it need
 * be breaks one as well, and is let pass: what it says is clear.
 */
import { giveUp, type Parser, take } from '../../wire/reader.ts';

export interface FrameHead {
  readonly kind: 'continuation' | 'text' | 'binary' | 'close' | 'ping' | 'pong';
  readonly final: boolean;
  readonly compressed: boolean;
  /** How many bytes say the length: 1, 3 or 9. */
  readonly lengthBytes: 1 | 3 | 9;
  readonly length: number;
  readonly mask: Uint8Array | undefined;
}

export interface HeadRules {
  readonly masked: boolean;
  readonly deflate: boolean;
  /** A message has begun and not ended: its next frame is a continuation. */
  readonly inMessage: boolean;
}

/** By their opcode (RFC 6455 §11.8); every other one is reserved. */
export const frameKinds: { readonly [opcode: number]: FrameHead['kind'] } = {
  0: 'continuation',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

export function* readFrameHead(rules: HeadRules): Parser<FrameHead> {
  const [first = 0, second = 0] = yield* take(2);
  const kind = frameKinds[first & 0x0f];
  const final = (first & 0x80) !== 0;
  const reserved = first & 0x70;
  const shortLength = second & 0x7f;
  const isMasked = (second & 0x80) !== 0;
  if (kind === undefined || isMasked !== rules.masked) return yield* giveUp('malformed');
  if (!isAllowed(kind, { final, reserved, shortLength }, rules)) return yield* giveUp('malformed');
  const { length, lengthBytes } = yield* readLength(shortLength);
  const mask = isMasked ? yield* take(4) : undefined;
  return { kind, final, compressed: reserved !== 0, lengthBytes, length, mask };
}

function isAllowed(
  kind: FrameHead['kind'],
  frame: { final: boolean; reserved: number; shortLength: number },
  rules: HeadRules,
): boolean {
  if (kind === 'close' || kind === 'ping' || kind === 'pong') {
    // A close of one byte would be half a status code (§5.5.1).
    const fits = frame.shortLength <= 125 && !(kind === 'close' && frame.shortLength === 1);
    return frame.final && frame.reserved === 0 && fits;
  }
  const startsMessage = kind !== 'continuation';
  const compresses = frame.reserved === 0x40 && rules.deflate && startsMessage;
  return startsMessage !== rules.inMessage && (frame.reserved === 0 || compresses);
}

function* readLength(short: number): Parser<{ length: number; lengthBytes: 1 | 3 | 9 }> {
  if (short < 126) return { length: short, lengthBytes: 1 };
  const bytes = yield* take(short === 126 ? 2 : 8);
  const length = bytes.reduce((value, byte) => value * 256 + byte, 0);
  // The longest length has 63 bits; one that a number cannot hold exactly is nobody's message either.
  if (!Number.isSafeInteger(length)) return yield* giveUp('malformed');
  return { length, lengthBytes: short === 126 ? 3 : 9 };
}
