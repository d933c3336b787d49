/**
 * What an application sends, message by message: the first bytes as the receiver reads them, the length, and what
 * carried it. That is enough to recognise a library or a heartbeat, however large the messages are.
 */
import type { Layer } from '../protocols/layers.ts';
import type { Message, Request } from '../wire/message.ts';
import type { Direction, Span } from '../wire/span.ts';

/** Bytes of a message that are kept. */
export const beginningBytes = 256;

const nothing = new Uint8Array(0);
const directions = ['up', 'down'] as const;

export interface SaidMessage {
  readonly direction: Direction;
  /** The frame, event, line, packet or body whose message it is. */
  readonly carrier: Message;
  /** As UTF-8; bytes that are no text, as Latin-1. Valid only during the call of `said`: the buffer is reused. */
  readonly beginning: () => string;
  /** The same, as bytes; valid only during the call of `said`. */
  readonly first: () => Buffer;
  /** Bytes as the receiver reads them. */
  readonly length: number;
  /** Bytes on the wire, with the framing that carries it alone. */
  readonly wireBytes: number;
  /** When its first byte came, in nanoseconds. */
  readonly atNs: number;
}

/** The message under way in one direction of a stream. */
interface Current {
  message: Message | null;
  atNs: number;
  length: number;
  readonly kept: Buffer;
  keptBytes: number;
}

const newCurrent = (): Current => ({
  message: null,
  atNs: 0,
  length: 0,
  kept: Buffer.alloc(beginningBytes),
  keptBytes: 0,
});

/** @param said gets a message when the next one of its stream begins, or when its exchange or the connection ends. */
export function hearMessages(said: (message: SaidMessage) => void) {
  const current: Record<Direction, Map<number, Current>> = { up: new Map(), down: new Map() };
  const open = (direction: Direction, stream: number): Current => {
    const one = newCurrent();
    current[direction].set(stream, one);
    return one;
  };
  const close = (direction: Direction, one: Current) => {
    const { message: carrier, kept, keptBytes, length, atNs } = one;
    if (!carrier) return;
    one.message = null;
    const beginning = () => textOf(kept, keptBytes);
    const first = () => kept.subarray(0, keptBytes);
    said({ direction, carrier, first, beginning, length, wireBytes: carrier.bytes, atNs });
  };
  return {
    /** @param beginning makes the first bytes of the span's, as on the wire. */
    tell(
      { message, layer, name, length, mark, clear }: Span<Layer>,
      beginning: () => Uint8Array,
      atNs: number,
    ) {
      const { direction, stream } = message;
      // Records and frames are cut without regard to messages.
      if (layer === 'tls' || layer === 'http2') return;
      const one = current[direction].get(stream) ?? open(direction, stream);
      if (layer !== 'payload') {
        // The next unit of any layer ends the message.
        if (mark === 'unit' && one.message !== message) close(direction, one);
        return;
      }
      if (name === 'compressed' || name === 'attachment') return;
      if (mark === 'unit') {
        close(direction, one);
        one.message = message;
        one.atNs = atNs;
        one.length = 0;
        one.keptBytes = 0;
      }
      if (!one.message) return;
      const left = beginningBytes - one.keptBytes;
      const read = clear && (left > 0 || length === 0) ? clear() : left > 0 ? beginning() : nothing;
      one.length += clear && length === 0 ? read.length : length;
      one.kept.set(read.length > left ? read.subarray(0, left) : read, one.keptBytes);
      one.keptBytes += Math.min(left, read.length);
    },
    over({ stream }: Request) {
      for (const direction of directions) {
        const one = current[direction].get(stream);
        if (one) close(direction, one);
        current[direction].delete(stream);
      }
    },
    end() {
      for (const direction of directions)
        for (const one of current[direction].values()) close(direction, one);
    },
  };
}

/** The WebSocket frame that carries it, directly or around other units; null if it came in a body. */
export function frameOf(message: Message): Message | null {
  let one: Message | null = message;
  while (one && one.kind !== 'frame') one = one.parent;
  return one;
}

function textOf(bytes: Buffer, length: number): string {
  const text = bytes.toString('utf8', 0, length);
  const strange = text.indexOf('\ufffd');
  // A character that is cut off at the end does not make the text binary.
  return strange < 0 || strange === text.length - 1 ? text : bytes.toString('latin1', 0, length);
}
