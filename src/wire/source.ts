/**
 * The bytes of one direction that have arrived and that no parser has taken yet.
 *
 * The reader takes views and may keep them: bytes once stored are never overwritten. A chunk pushed into an empty
 * source is adopted without a copy; otherwise the store doubles, so that feeding a long message
 * byte by byte stays linear. Knows no format.
 */

export interface Source {
  /** How many bytes wait. */
  length(): number;
  /** No more bytes will come. */
  isEnded(): boolean;
  /** The waiting byte at this index; -1 beyond the last. */
  at(index: number): number;
  /** Index of the first such byte that waits, from an index on; -1 if there is none. */
  indexOf(byte: number, from: number): number;
  /** All that waits. */
  peek(): Uint8Array;
  /** Removes the first bytes; the caller has made sure that they are there. */
  take(bytes: number): Uint8Array;
  push(bytes: Uint8Array): void;
  end(): void;
}

const leastRoom = 256;
const nothing = new Uint8Array(0);

export function createSource(): Source {
  let store: Uint8Array = nothing;
  let start = 0;
  let stop = 0;
  let ended = false;

  const append = (bytes: Uint8Array) => {
    if (stop + bytes.length > store.length) {
      // A new store, never a shift within the old one: views of it may still be in use.
      const room = new Uint8Array(Math.max(leastRoom, 2 * (stop - start + bytes.length)));
      room.set(store.subarray(start, stop));
      store = room;
      stop -= start;
      start = 0;
    }
    store.set(bytes, stop);
    stop += bytes.length;
  };

  return {
    // No getters: each connection has two sources, and V8 would turn an object with getters into a slow dictionary.
    length: () => stop - start,
    isEnded: () => ended,
    at: (index) => (start + index < stop ? (store[start + index] ?? -1) : -1),
    indexOf: (byte, from) => store.subarray(start, stop).indexOf(byte, from),
    peek: () => store.subarray(start, stop),
    take(bytes) {
      start += bytes;
      return store.subarray(start - bytes, start);
    },
    push(bytes) {
      if (start < stop) append(bytes);
      else [store, start, stop] = [bytes, 0, bytes.length];
    },
    end() {
      ended = true;
    },
  };
}

/** One character for each byte: protocol syntax is ASCII, and other bytes survive too. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
