/**
 * What an application says, message by message: its first bytes as the receiver reads them, how long it is, and what carried
 * it. Enough to know a library or a heartbeat by, whatever the messages weigh.
 */
import type { Layer } from '../protocols/layers.ts';
import type { Message } from '../wire/message.ts';
import type { Direction, Span } from '../wire/span.ts';

/** So many bytes of a message are looked at. */
export const beginningBytes = 256;

export interface SaidMessage {
  readonly direction: Direction;
  /** The frame, event, line, packet or body whose message it is. */
  readonly carrier: Message;
  /** As UTF-8; of bytes that are no text, as Latin-1. */
  readonly beginning: string;
  /** The same, as bytes. */
  readonly first: Uint8Array;
  /** Bytes as the receiver reads them. */
  readonly length: number;
  /** Bytes on the wire, with all that carries it alone. */
  readonly wireBytes: number;
  /** When its first byte came, in nanoseconds. */
  readonly atNs: number;
}

interface Open {
  readonly message: Message;
  readonly parts: Uint8Array[];
  readonly atNs: number;
  kept: number;
  length: number;
}

/** @param said hears a message when the next one begins or the connection is closed. */
export function hearMessages(said: (message: SaidMessage) => void) {
  const open: Partial<Record<Direction, Open>> = {};
  const close = (direction: Direction) => {
    const one = open[direction];
    if (!one) return;
    delete open[direction];
    const { message: carrier, parts, length, atNs } = one;
    const first = Buffer.concat(parts);
    said({ direction, carrier, first, beginning: textOf(first), length, wireBytes: carrier.bytes, atNs });
  };
  return {
    /** @param bytes the first of the span's, as on the wire. */
    tell({ message, layer, name, length, mark, clear }: Span<Layer>, bytes: Uint8Array, atNs: number) {
      const { direction } = message;
      if (layer !== 'payload') {
        // Whatever begins next ends what was said.
        if (mark === 'unit' && open[direction] && open[direction].message !== message) close(direction);
        return;
      }
      if (name === 'compressed' || name === 'attachment') return;
      if (mark === 'unit') {
        close(direction);
        open[direction] = { message, parts: [], atNs, kept: 0, length: 0 };
      }
      const one = open[direction];
      if (!one) return;
      const left = beginningBytes - one.kept;
      const read = left > 0 && clear ? clear() : bytes;
      one.length += clear && length === 0 ? read.length : length;
      if (left <= 0) return;
      one.parts.push(Buffer.from(read.subarray(0, left)));
      one.kept += Math.min(left, read.length);
    },
    end() {
      close('up');
      close('down');
    },
  };
}

/** The frame that carries it, perhaps around other things; null where it came in a body. */
export function frameOf(message: Message): Message | null {
  let one: Message | null = message;
  while (one && one.kind !== 'frame') one = one.parent;
  return one;
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  // A character that is cut at the end is no reason to take text for bytes.
  return text.slice(0, -1).includes('\ufffd') ? bytes.toString('latin1') : text;
}
