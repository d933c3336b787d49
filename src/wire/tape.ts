/**
 * The tape: every chunk of every tapped socket, in the order it was seen. Recording must cost next to nothing
 * while the clock runs, so a chunk is only kept here; it is read (dissected, weighed) when the clock has stopped.
 */
import type { Direction, Phase } from './span.ts';

export interface Chunk {
  /** Monotonic nanoseconds. */
  readonly at: number;
  /** Ordinal of the TCP connection within the trial. */
  readonly connection: number;
  readonly direction: Direction;
  readonly phase: Phase;
  readonly bytes: Uint8Array;
}

export interface Tape {
  add(chunk: Chunk): void;
  /** Hands every kept chunk to the reader and forgets it. */
  drain(): void;
  /** How often the tape had to be read while the clock was still running. */
  readonly drainedEarly: number;
}

/**
 * @param read takes each chunk, in order, once.
 * @param budgetBytes past this the tape is drained in the next free turn of the event loop, even while the
 *   clock runs: the figures stay whole, the loop pays for it, and a note in the report says so.
 */
export function createTape(read: (chunk: Chunk) => void, budgetBytes = 256 * 1024 * 1024): Tape {
  let chunks: Chunk[] = [];
  let held = 0;
  let drainedEarly = 0;
  let scheduled = false;
  const drain = () => {
    const full = chunks;
    chunks = [];
    held = 0;
    for (const chunk of full) read(chunk);
  };
  return {
    add(chunk) {
      chunks.push(chunk);
      // A small chunk costs more than its bytes: the object, the buffer's header.
      held += chunk.bytes.byteLength + 200;
      if (held <= budgetBytes || scheduled) return;
      scheduled = true;
      setImmediate(() => {
        scheduled = false;
        if (held <= budgetBytes) return;
        drainedEarly++;
        drain();
      });
    },
    drain,
    get drainedEarly() {
      return drainedEarly;
    },
  };
}
