/**
 * A middlebox that buffers responses, as proxies do by default: nothing of a response goes on to the client
 * before its last byte is here. So an event stream shows nothing until it ends, and a long poll is unharmed.
 *
 * A response longer than the buffer goes on in buffers full, an upgraded connection is passed on as it comes,
 * and so is what does not speak HTTP. Interim responses (1xx) wait for the final one.
 */
import { httpConversation } from '../protocols/http1/http.ts';
import type { OpenBox, Way } from './box.ts';
import { httpStart } from './http-start.ts';

/** One response's buffer; nginx has 64 KiB in memory and more on disk. */
export const bufferBytes = 1024 * 1024;

export const buffering: OpenBox = (ends) => {
  const buffer = createBuffer(ends.down);
  const judge = { up: httpStart('up'), down: httpStart('down') };
  const conversation = httpConversation({
    tell: () => {},
    answered: ({ method }, { status }) =>
      status === 101 || method === 'CONNECT' ? buffer.open() : buffer.flush(),
  });
  const read = (direction: 'up' | 'down', piece: Uint8Array) => {
    if (buffer.isOpen()) return;
    if (judge[direction](piece) === 'foreign') buffer.open();
    else conversation.push(direction, piece);
  };
  return {
    up: {
      push(piece) {
        read('up', piece);
        ends.up.push(piece);
      },
      end: () => ends.up.end(),
    },
    down: {
      push(piece) {
        // Held first: reading its last byte lets the response go.
        buffer.hold(piece);
        read('down', piece);
      },
      end() {
        buffer.flush();
        ends.down.end();
      },
    },
    dispose() {},
  };
};

/** Holds what it is given until it is flushed or full; once open it holds nothing any more. */
function createBuffer(beyond: Way) {
  let open = false;
  let held: Uint8Array[] = [];
  let bytes = 0;
  const flush = () => {
    for (const piece of held) beyond.push(piece);
    held = [];
    bytes = 0;
  };
  return {
    flush,
    isOpen: () => open,
    open() {
      open = true;
      flush();
    },
    hold(piece: Uint8Array) {
      held.push(piece);
      bytes += piece.length;
      if (open || bytes >= bufferBytes) flush();
    },
  };
}
