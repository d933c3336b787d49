/**
 * How long chunks stay in the relay, from being read to being handed to the other socket, and why: because of the relay, or
 * because whoever they are for does not read. That is told apart, or a slow reader would be taken for a busy machine.
 */
import type { Clock } from '../base/clock.ts';
import { createSamples } from '../metrics/samples.ts';
import type { Direction } from '../wire/span.ts';

/** What the relay promises to 99 chunks of 100: far below a delay that anybody notices. Where it fails, it says so. */
export const statedDelayMs = 5;

/** Exact up to here; then a histogram of three digits takes over. */
const samplesKept = 100_000;

export function watchDelay(clock: Clock) {
  const samples = createSamples(samplesKept);
  const slow = { connections: 0, longestNs: 0 };
  return {
    /** The chunks of one connection; what a reset throws away is never counted. */
    connection() {
      const ways = { up: oneWay(), down: oneWay() };
      let isSlow = false;
      return {
        entered: (direction: Direction, at: number) => ways[direction].entered(at),
        left(direction: Direction) {
          const ownNs = ways[direction].left(clock.now());
          if (ownNs !== undefined) samples.record(ownNs);
        },
        /** The reader of this direction falls behind, or has caught up. */
        waits(direction: Direction, isWaiting: boolean) {
          const waitedNs = ways[direction].waits(isWaiting, clock.now());
          slow.longestNs = Math.max(slow.longestNs, waitedNs);
          if (isWaiting && !isSlow) slow.connections++;
          isSlow ||= isWaiting;
        },
      };
    },
    read: () => ({
      chunks: samples.count(),
      p50Ns: samples.quantile(0.5),
      p99Ns: samples.quantile(0.99),
      slowReaders: { ...slow },
    }),
  };
}

/** The chunks of one direction that are inside, each with what had been waited for the reader when it came. */
function oneWay() {
  const inside: { readonly at: number; readonly waitedNs: number }[] = [];
  let waitedNs = 0;
  let sinceNs: number | null = null;
  const waitedBy = (now: number) => waitedNs + (sinceNs === null ? 0 : now - sinceNs);
  return {
    entered: (at: number) => void inside.push({ at, waitedNs: waitedBy(at) }),
    /** How long the first of them has been inside, without waiting for the reader. */
    left(now: number): number | undefined {
      const chunk = inside.shift();
      return chunk && now - chunk.at - (waitedBy(now) - chunk.waitedNs);
    },
    /** Returns how long it has waited, where that is over. */
    waits(isWaiting: boolean, now: number): number {
      const lastNs = sinceNs === null ? 0 : now - sinceNs;
      if (isWaiting) {
        sinceNs ??= now;
        return 0;
      }
      sinceNs = null;
      waitedNs += lastNs;
      return lastNs;
    },
  };
}
