/**
 * How many messages an application sent, whatever carried them. Not messages are pings, events that the end of a
 * stream cut off, and frames after a Close. A Socket.IO event is one message however many arguments and attachments
 * it has; connecting and leaving are none. An event of a stream counts when it is dispatched. Elsewhere the beginning
 * of a payload counts: of a frame, a line, a body.
 */
import type { Layer } from '../protocols/layers.ts';
import { packetTypes } from '../protocols/socket-io/packet-types.ts';
import { afterClose } from '../protocols/websocket/websocket.ts';
import type { Message } from '../wire/message.ts';
import type { Span } from '../wire/span.ts';

const socketIoMessages = ['event', 'ack', 'binary-event', 'binary-ack'];

export interface Counted {
  readonly messages: { up: number; down: number };
  /** WebSocket messages compressed by permessage-deflate. */
  compressed: number;
  /** Frames of WebSocket. */
  readonly frames: {
    pings: number;
    pongs: number;
    afterClose: number;
    messages: number;
    continuations: number;
  };
  unfinishedEvents: number;
}

export function countMessages() {
  const counted: Counted = {
    messages: { up: 0, down: 0 },
    compressed: 0,
    frames: { pings: 0, pongs: 0, afterClose: 0, messages: 0, continuations: 0 },
    unfinishedEvents: 0,
  };
  const { messages, frames } = counted;
  /** Events that have data, until they are dispatched: one a stream. */
  const events = new Set<Message>();
  const tellFrame = ({ message, name, value }: Span<Layer>) => {
    if (name !== 'opcode' || message.kind !== 'frame') return;
    if (message.type === 'ping') frames.pings++;
    else if (message.type === 'pong') frames.pongs++;
    else if (message.type === 'continuation') frames.continuations++;
    else if (message.type !== 'close') frames.messages++;
    if (value === afterClose) frames.afterClose++;
  };
  const tellEvent = ({ message, name }: Span<Layer>) => {
    if ((name !== 'dispatch' && name !== 'unfinished') || !events.delete(message)) return;
    if (name === 'dispatch') messages[message.direction]++;
    else counted.unfinishedEvents++;
  };
  const tellPayload = ({ message, name, length, mark }: Span<Layer>) => {
    if (name === 'compressed' && mark !== 'more' && message.kind === 'frame' && length > 0)
      counted.compressed++;
    // An attachment is no message of its own: the packet that announced it was counted.
    if (mark !== 'unit' || name === 'attachment' || isSocketIo(message)) return;
    if (message.kind === 'event') events.add(message);
    else messages[message.direction]++;
  };
  return {
    counted,
    tell(span: Span<Layer>) {
      const { layer, name, message, mark } = span;
      if (layer === 'websocket') tellFrame(span);
      else if (layer === 'sse') tellEvent(span);
      else if (layer === 'payload') tellPayload(span);
      else if (layer === 'socket.io' && mark === 'unit' && socketIoMessages.includes(name))
        messages[message.direction]++;
    },
  };
}

const types: readonly string[] = packetTypes;
const isSocketIo = (message: Message): boolean => message.kind === 'packet' && types.includes(message.type);
