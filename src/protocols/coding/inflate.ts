/**
 * Messages of permessage-deflate (RFC 7692 §7.2.2), inflated one after the other. With context takeover, a message may
 * repeat from the last 32 KiB of clear bytes before it.
 */
import { type Inflated, readBlocks } from './deflate-blocks.ts';

/** Every message ends with these four bytes; the sender leaves them out (§7.2.1). */
const left = Buffer.from([0x00, 0x00, 0xff, 0xff]);
const windowBytes = 32 * 1024;
/** Room before the window, so that it need not be moved for each message. */
const pastBytes = windowBytes / 2;
const leastRoom = 256;
/** A message may become a thousand times as long as it was sent; longer ones stay closed. */
export const longestClear = 16 * 1024 * 1024;

/** The clear bytes of the next message; null where it cannot be inflated, and for all that depend on its context.
 *
 * @param compressed null where it was too long to be kept.
 */
export type Inflate = (compressed: Uint8Array | null) => Uint8Array | null;

export function createInflate(keepsContext: boolean): Inflate {
  const window = createWindow();
  let isLost = false;
  return (compressed) => {
    if (isLost) return null;
    const clear = compressed && inflated(compressed, window);
    window.forget(keepsContext ? windowBytes : 0);
    isLost = keepsContext && clear === null;
    return clear;
  };
}

function inflated(compressed: Uint8Array, window: ReturnType<typeof createWindow>): Uint8Array | null {
  try {
    readBlocks(Buffer.concat([compressed, left]), window);
    return window.added();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What came before, and behind it the message under way. */
function createWindow() {
  let store = new Uint8Array(leastRoom);
  let from = 0;
  let end = 0;
  const grow = (bytes: number) => {
    if (end + bytes <= store.length) return;
    const most = from + longestClear;
    if (end + bytes > most) throw new RangeError('a message too long to be read');
    const grown = new Uint8Array(Math.min(1.5 * (end + bytes) + leastRoom, most));
    grown.set(store.subarray(0, end));
    store = grown;
  };
  return {
    add(byte) {
      grow(1);
      store[end++] = byte;
    },
    repeat(length, distance) {
      if (distance > end) throw new RangeError('nothing so far back');
      grow(length);
      // Byte by byte: where the length exceeds the distance, the copy repeats bytes that it has just written.
      for (const last = end + length; end < last; end++) store[end] = store[end - distance] ?? 0;
    },
    /** The message under way, which is complete. */
    added: () => Buffer.from(store.subarray(from, end)),
    /** Another message begins, which may repeat the last bytes of those before it. */
    forget(kept: number) {
      if (end > kept + (kept && pastBytes)) {
        const last = store.subarray(end - kept, end);
        // Frees what grew for one long message.
        if (store.length > 3 * windowBytes) store = new Uint8Array(kept + pastBytes);
        store.set(last);
        end = kept;
      }
      from = end;
    },
  } satisfies Inflated & Record<string, unknown>;
}
