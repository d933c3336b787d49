/**
 * How many messages an application sent, whatever carried them. A Socket.IO event is one message however many
 * arguments and attachments it has; connecting and leaving are none. Elsewhere a message is a payload that begins:
 * of a frame, an event, a body.
 */
import type { Direction } from '../wire/span.ts';
import type { Observer } from './observer.ts';

const socketIoMessages = ['event', 'ack', 'binary-event', 'binary-ack'];

export function countMessages() {
  const messages = { up: 0, down: 0 };
  let compressed = 0;
  /** What the payload to come belongs to. */
  const inside: Record<Direction, 'packet' | 'frame' | 'other'> = { up: 'other', down: 'other' };
  return {
    messages,
    compressed: () => compressed,
    span(direction, layer, name, bytes, mark) {
      if (mark !== 'unit') return;
      if (layer === 'socket.io') {
        inside[direction] = 'packet';
        if (socketIoMessages.includes(name)) messages[direction]++;
      } else if (layer === 'payload') {
        // The announcement of an attachment was the message.
        if (inside[direction] === 'packet' || name === 'attachment') return;
        messages[direction]++;
        if (name === 'compressed' && inside[direction] === 'frame' && bytes > 0) compressed++;
      } else if (layer !== 'encoding') {
        inside[direction] = layer === 'websocket' ? 'frame' : 'other';
      }
    },
  } satisfies Observer & Record<string, unknown>;
}
