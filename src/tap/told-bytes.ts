/** The bytes that spans are told of, for whoever wants to look at a few of them: a live account keeps none for longer. */
import type { Direction } from '../wire/span.ts';

export function createToldBytes() {
  const waiting: Record<Direction, Uint8Array[]> = { up: [], down: [] };
  const read: Record<Direction, number> = { up: 0, down: 0 };
  return {
    push(direction: Direction, bytes: Uint8Array): void {
      if (bytes.length > 0) waiting[direction].push(bytes);
    },
    /** The first bytes, at most so many, of the next span of this length; the one after it comes next. */
    take(direction: Direction, length: number, most: number): Uint8Array {
      const chunks = waiting[direction];
      const parts: Uint8Array[] = [];
      let wanted = Math.min(length, most);
      for (let left = length; left > 0; ) {
        const [chunk] = chunks;
        if (!chunk) throw new Error(`told: ${left} B ${direction} that never came`);
        const from = read[direction];
        const here = Math.min(left, chunk.length - from);
        if (wanted > 0) parts.push(chunk.subarray(from, from + Math.min(here, wanted)));
        wanted -= Math.min(here, wanted);
        left -= here;
        read[direction] += here;
        if (read[direction] === chunk.length) {
          chunks.shift();
          read[direction] = 0;
        }
      }
      return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    },
  };
}
