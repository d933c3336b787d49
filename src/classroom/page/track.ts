/**
 * What one lane of a race has heard: the age of each event, and what was lost. Every lane keeps the order, so an event
 * that is missing below one that has come will never come. What was said before a lane was there is not its loss.
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
  /** The first number that was meant for this lane; null before anything came. */
  first(): number | null;
  last(): number | null;
  /** When it was connected again after it had last been cut off; null while it is away, or was never. */
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
