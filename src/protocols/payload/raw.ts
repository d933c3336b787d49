/**
 * The floor: TCP with nothing above it. Both sides agreed on the size of a message beforehand, so not one
 * byte is spent on saying where it ends, and every byte is payload.
 */
import type { Dissect } from '../../wire/conversation.ts';
import type { Direction } from '../../wire/span.ts';

/** Messages of exactly `messageBytes` bytes (1 or more), one after the other, both ways. */
export const rawConversation =
  (messageBytes: number): Dissect =>
  (sink) => {
    const seen: Record<Direction, number> = { up: 0, down: 0 };
    return {
      push(direction, bytes) {
        for (let left = bytes.length; left > 0; ) {
          const inMessage = seen[direction] % messageBytes;
          const piece = Math.min(left, messageBytes - inMessage);
          sink(direction, 'payload', 'message', piece, inMessage === 0 ? 'unit' : 'more');
          seen[direction] += piece;
          left -= piece;
        }
      },
      end() {},
    };
  };
