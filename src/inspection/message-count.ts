/**
 * How many messages an application sent, whatever carried them. A Socket.IO event is one message however many
 * arguments and attachments it has; connecting and leaving are none. Elsewhere a message is a payload that begins:
 * of a frame, an event, a body.
 */
import type { Layer } from '../protocols/layers.ts';
import type { Message } from '../wire/message.ts';
import type { Span } from '../wire/span.ts';

const socketIoMessages = ['event', 'ack', 'binary-event', 'binary-ack'];

export function countMessages() {
  const messages = { up: 0, down: 0 };
  let compressed = 0;
  return {
    messages,
    compressed: () => compressed,
    tell({ message, layer, name, length, mark }: Span<Layer>) {
      if (name === 'compressed' && mark !== 'more' && message.kind === 'frame' && length > 0) compressed++;
      if (mark !== 'unit') return;
      if (layer === 'socket.io' && socketIoMessages.includes(name)) messages[message.direction]++;
      // The announcement of an attachment was the message.
      if (layer !== 'payload' || name === 'attachment' || isSocketIo(message)) return;
      messages[message.direction]++;
    },
  };
}

/** Engine.IO's packets carry Socket.IO's. */
const isSocketIo = ({ kind, parent }: Message): boolean => kind === 'packet' && parent?.kind === 'packet';
