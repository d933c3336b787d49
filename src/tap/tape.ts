/**
 * The tape: every chunk of every tapped socket, in the order it was seen. Recording must cost next to nothing while the
 * clock runs, so bytes are copied onto reels, and no object is kept that the garbage collector would have to move
 * (keeping each chunk's own buffer made a ws client 15 % slower). The reels are read when the clock has stopped.
 */
import { type Direction, type Phase, phases } from '../wire/span.ts';

export interface Chunk {
  /** Monotonic nanoseconds; pieces of one write have the same. */
  readonly at: number;
  /** Ordinal of the TCP connection within the trial. */
  readonly connection: number;
  readonly direction: Direction;
  readonly phase: Phase;
  readonly bytes: Uint8Array;
}

export interface Tape {
  add(chunk: Chunk): void;
  /** Passes every recorded chunk to the reader, and forgets it. */
  drain(): void;
  /** How often the tape had to be read while the clock was still running. */
  drainedEarly(): number;
}

const directions: readonly Direction[] = ['up', 'down'];

const reelBytes = 1024 * 1024;
const reelChunks = 16 * 1024;

/** Columns instead of objects: a chunk is a row of numbers; `end` is where its bytes end in the reel. */
interface Reel {
  readonly bytes: Uint8Array;
  readonly at: Float64Array;
  readonly connection: Uint32Array;
  /** Index of the direction, and four times that of the phase. */
  readonly kind: Uint8Array;
  readonly end: Uint32Array;
  chunks: number;
  used: number;
}

const newReel = (atLeastBytes: number): Reel => ({
  // Not from Buffer's pool, and not zeroed: pages are touched when they are written. Views of a Buffer would be slower.
  bytes: new Uint8Array(Buffer.allocUnsafeSlow(Math.max(reelBytes, atLeastBytes)).buffer),
  at: new Float64Array(reelChunks),
  connection: new Uint32Array(reelChunks),
  kind: new Uint8Array(reelChunks),
  end: new Uint32Array(reelChunks),
  chunks: 0,
  used: 0,
});

function play(reel: Reel, read: (chunk: Chunk) => void) {
  for (let index = 0, start = 0; index < reel.chunks; index++) {
    const kind = reel.kind[index] ?? 0;
    const end = reel.end[index] ?? start;
    read({
      at: reel.at[index] ?? 0,
      connection: reel.connection[index] ?? 0,
      direction: directions[kind & 3] ?? 'up',
      phase: phases[kind >> 2] ?? 'setup',
      bytes: reel.bytes.subarray(start, end),
    });
    start = end;
  }
}

/**
 * @param read takes each chunk, in order, once.
 * @param budgetBytes past this the tape is drained in the next free turn of the event loop, even while the
 *   clock runs: the figures stay whole, the loop pays for it, and a note in the report says so.
 */
export function createTape(read: (chunk: Chunk) => void, budgetBytes = 256 * 1024 * 1024): Tape {
  let reels: Reel[] = [];
  let reel: Reel | null = null;
  let held = 0;
  let drainedEarly = 0;
  let scheduled = false;
  const drain = () => {
    const full = reels;
    reels = [];
    reel = null;
    held = 0;
    // Shifted off, so that a reel can be freed while the others are read.
    for (let one = full.shift(); one; one = full.shift()) play(one, read);
  };
  const drainEarly = () => {
    scheduled = false;
    if (held <= budgetBytes) return;
    drainedEarly++;
    drain();
  };
  const change = (atLeastBytes: number): Reel => {
    reel = newReel(atLeastBytes);
    reels.push(reel);
    held += reel.bytes.byteLength + 17 * reelChunks;
    if (held > budgetBytes && !scheduled) {
      scheduled = true;
      setImmediate(drainEarly);
    }
    return reel;
  };
  return {
    add({ at, connection, direction, phase, bytes }) {
      const size = bytes.byteLength;
      const on =
        reel && reel.chunks < reelChunks && reel.used + size <= reel.bytes.byteLength ? reel : change(size);
      const index = on.chunks++;
      on.bytes.set(bytes, on.used);
      on.used += size;
      on.at[index] = at;
      on.connection[index] = connection;
      on.kind[index] = directions.indexOf(direction) | (phases.indexOf(phase) << 2);
      on.end[index] = on.used;
    },
    drain,
    drainedEarly: () => drainedEarly,
  };
}
