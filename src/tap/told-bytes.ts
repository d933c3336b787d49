/** Finds the bytes of a span while it is told, for a listener that needs some of them; afterwards they are dropped. */
import type { Direction } from '../wire/span.ts';

export function createToldBytes() {
  const waiting: Record<Direction, Uint8Array[]> = { up: [], down: [] };
  /** How many bytes of the first waiting chunk have been told. */
  const told: Record<Direction, number> = { up: 0, down: 0 };
  return {
    push(direction: Direction, bytes: Uint8Array): void {
      if (bytes.length > 0) waiting[direction].push(bytes);
    },
    /** The next bytes of a direction. */
    peek(direction: Direction, length: number): Uint8Array {
      const [first] = waiting[direction];
      const from = told[direction];
      if (first && first.length >= from + length) return first.subarray(from, from + length);
      const parts: Uint8Array[] = [];
      let left = from + length;
      for (const chunk of waiting[direction]) {
        if (left <= 0) break;
        parts.push(chunk);
        left -= chunk.length;
      }
      return Buffer.concat(parts).subarray(from, from + length);
    },
    /** Drops bytes that have been told. */
    pass(direction: Direction, length: number): void {
      const chunks = waiting[direction];
      told[direction] += length;
      for (let first = chunks[0]; first && told[direction] >= first.length; first = chunks[0]) {
        told[direction] -= first.length;
        chunks.shift();
      }
      if (chunks.length === 0 && told[direction] > 0)
        throw new Error(`told: ${told[direction]} B ${direction} that never came`);
    },
  };
}
