/**
 * The floor: TCP with nothing above it. Both sides agreed on the size of a message beforehand, so not one
 * byte is spent on saying where it ends, and every byte is payload.
 */
import type { Dissect } from '../../wire/conversation.ts';
import { outermost, type Part, type WireConnection } from '../../wire/message.ts';
import type { Direction } from '../../wire/span.ts';

/** Messages of exactly `messageBytes` bytes (1 or more), one after the other, both ways. */
export const rawConversation =
  (messageBytes: number): Dissect<'payload'> =>
  ({ tell }, ordinal = 0) => {
    const connection: WireConnection = { ordinal, messages: 0 };
    const current: Partial<Record<Direction, Part>> = {};
    return {
      push(direction, bytes) {
        for (let left = bytes.length; left > 0; ) {
          const before = current[direction];
          const begins = !before || before.bytes === messageBytes;
          const message = begins ? outermost(connection, direction, 'message') : before;
          current[direction] = message;
          const length = Math.min(left, messageBytes - message.bytes);
          message.bytes += length;
          left -= length;
          tell({ message, layer: 'payload', name: 'message', length, mark: begins ? 'unit' : 'more' });
        }
      },
      end() {},
    };
  };
