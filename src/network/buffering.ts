/**
 * A middlebox that buffers responses, as proxies do by default: nothing of a response goes on to the client
 * before its last byte is here. So an event stream shows nothing until it ends, and a long poll is unharmed.
 *
 * A response longer than the buffer goes on in buffers full, an upgraded connection is passed on as it comes,
 * and so is what does not speak HTTP. Interim responses (1xx) wait for the final one.
 */
import { httpConversation } from '../wire/http.ts';
import type { OpenBox } from './box.ts';
import { httpStart } from './http-start.ts';

/** One response's buffer; nginx has 64 KiB in memory and more on disk. */
export const bufferBytes = 1024 * 1024;

export const buffering: OpenBox = (ends) => {
  const judge = { up: httpStart('up'), down: httpStart('down') };
  let mode: 'buffers' | 'tunnel' = 'buffers';
  let held: Uint8Array[] = [];
  let bytes = 0;

  const flush = () => {
    for (const piece of held) ends.down.push(piece);
    held = [];
    bytes = 0;
  };
  const tunnel = () => {
    mode = 'tunnel';
    flush();
  };
  const conversation = httpConversation(
    () => {},
    ({ status, method }) => (status === 101 || method === 'CONNECT' ? tunnel() : flush()),
  );
  const read = (direction: 'up' | 'down', piece: Uint8Array) => {
    if (mode === 'tunnel') return;
    if (judge[direction](piece) === 'foreign') tunnel();
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
        if (mode === 'tunnel') return ends.down.push(piece);
        held.push(piece);
        bytes += piece.length;
        read('down', piece);
        if (bytes >= bufferBytes) flush();
      },
      end() {
        flush();
        ends.down.end();
      },
    },
    dispose() {},
  };
};
