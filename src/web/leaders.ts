/** Who leads: never one lane where the figures cannot tell it from another. */
import { medianInterval } from './quantile.ts';
import { type LaneName, laneNames } from './talk.ts';

export interface Leaders {
  /** In the order of the page. */
  readonly lanes: readonly LaneName[];
  /** Of the best of them. */
  readonly value: number;
}

type Of<Value> = (lane: LaneName) => Value;

/** The lanes with the lowest median, and those whose own may be as low: 95 % intervals that reach the best one's. */
export function youngest(agesOf: Of<readonly number[]>): Leaders | null {
  const intervals = laneNames.flatMap((lane) => {
    const interval = medianInterval(agesOf(lane));
    return interval ? [{ lane, ...interval }] : [];
  });
  const best = intervals.toSorted((a, b) => a.median - b.median)[0];
  if (!best) return null;
  const level = intervals.filter(({ low }) => low <= best.high);
  return { lanes: level.map(({ lane }) => lane), value: best.median };
}

/** Bytes are counted, not sampled: the fewest are the fewest. */
export function fewest(of: Of<number | null>): Leaders | null {
  const values = laneNames.flatMap((lane) => of(lane) ?? []);
  if (values.length === 0) return null;
  const value = Math.min(...values);
  return { lanes: laneNames.filter((lane) => of(lane) === value), value };
}

export function mostVoted(votes: Readonly<Record<LaneName, number>>): readonly LaneName[] {
  const most = Math.max(...laneNames.map((lane) => votes[lane]));
  return most === 0 ? [] : laneNames.filter((lane) => votes[lane] === most);
}
