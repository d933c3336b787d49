/**
 * What one lane of a race has received: the age of each event, and what was lost. Every lane keeps the order, so an
 * event that is missing before one that has come will never come. Events from before the lane was open are no loss.
 */
import type { LaneState } from '../../transports/lane.page.ts';

export interface Arrival {
  readonly n: number;
  readonly dueMs: number;
  readonly atMs: number;
}

export interface Track {
  state(): LaneState;
  become(state: LaneState, nowMs: number | null): void;
  take(arrival: Arrival): void;
  readonly arrivals: readonly Arrival[];
  ages(): readonly number[];
  /** Sequence numbers that will not come. */
  readonly lost: ReadonlySet<number>;
  /** The number of the first event in this lane; null before one has come. */
  first(): number | null;
  last(): number | null;
  /** When the lane was connected again after the last cut; null while it is away, or if it was never cut off. */
  backMs(): number | null;
}

export function openTrack(): Track {
  const arrivals: Arrival[] = [];
  const lost = new Set<number>();
  let state: LaneState = 'closed';
  let first: number | null = null;
  let last: number | null = null;
  let backMs: number | null = null;
  return {
    state: () => state,
    become(next, nowMs) {
      if (next === 'reconnecting') backMs = null;
      else if (next === 'open' && state === 'reconnecting') backMs = nowMs;
      state = next;
    },
    take(arrival) {
      first ??= arrival.n;
      if (last !== null) for (let n = last + 1; n < arrival.n; n++) lost.add(n);
      last = Math.max(last ?? arrival.n, arrival.n);
      arrivals.push(arrival);
    },
    arrivals,
    ages: () => arrivals.map(({ dueMs, atMs }) => atMs - dueMs),
    lost,
    first: () => first,
    last: () => last,
    backMs: () => backMs,
  };
}
