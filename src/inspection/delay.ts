/**
 * How long chunks stay in the relay, from being read to being handed to the other socket, and why: because of the
 * relay, or because the receiver does not read. The two are kept apart, or a slow receiver would look like a busy
 * machine.
 */
import type { Clock } from '../base/clock.ts';
import { createSamples } from '../metrics/samples.ts';
import type { Direction } from '../wire/span.ts';

/** The relay's promise for 99 of 100 chunks: far below a noticeable delay. The report says if it was not kept. */
export const statedDelayMs = 5;

/** Up to this many samples quantiles are exact; then a histogram of three digits takes over. */
const samplesKept = 100_000;

export function watchDelay(clock: Clock) {
  const samples = createSamples(samplesKept);
  const slow = { connections: 0, longestNs: 0 };
  return {
    /** Times the chunks of one connection; chunks that a reset throws away are never counted. */
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

/** The chunks of one direction inside the relay, each with how long the reader had been waited for when it came. */
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
