/** How long chunks stay in the relay: from being read to being handed to the other socket, in order. */
import type { Clock } from '../base/clock.ts';
import { createSamples } from '../metrics/samples.ts';
import type { Direction } from '../wire/span.ts';

/** What the relay promises to 99 chunks of 100: far below a delay that anybody notices. Where it fails, it says so. */
export const statedDelayMs = 5;

/** Exact up to here; then a histogram of three digits takes over. */
const samplesKept = 100_000;

export function watchDelay(clock: Clock) {
  const samples = createSamples(samplesKept);
  return {
    /** The chunks of one connection; what a reset throws away is never counted. */
    connection() {
      const inside: Record<Direction, number[]> = { up: [], down: [] };
      return {
        entered: (direction: Direction, at: number) => void inside[direction].push(at),
        left(direction: Direction) {
          const at = inside[direction].shift();
          if (at !== undefined) samples.record(clock.now() - at);
        },
      };
    },
    read: () => ({ chunks: samples.count, p50Ns: samples.quantile(0.5), p99Ns: samples.quantile(0.99) }),
  };
}
