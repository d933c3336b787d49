/**
 * Which lanes lead: none before enough events have come, and never one alone if the figures cannot tell it from
 * another. Polling is not ranked by age: its age is half an interval that the leader of the race set, and says
 * nothing about polling.
 */

import { nearestRank } from '../../laws/tolerance.ts';
import { type LaneName, laneNames } from './control-talk.ts';

export interface Leaders {
  /** In the order of the page. */
  readonly lanes: readonly LaneName[];
  /** The best lane's value. */
  readonly value: number;
}

/** A smaller difference of medians comes from the browser and the order of its work, not from the transport. */
const sameMs = 3;

type Of<Value> = (lane: LaneName) => Value;

/** Lanes whose events leave at once: only their ages depend on the transport alone. */
const prompt = laneNames.filter((lane) => lane !== 'polling');

/** The lane with the lowest median, and those whose median may be as low: their 95 % intervals nearly meet. */
export function youngest(agesOf: Of<readonly number[]>): Leaders | null {
  const intervals = prompt.flatMap((lane) => {
    const interval = medianInterval(agesOf(lane));
    return interval ? [{ lane, ...interval }] : [];
  });
  const best = intervals.toSorted((a, b) => a.median - b.median)[0];
  if (!best) return null;
  const level = intervals.filter(({ low }) => low <= best.high + sameMs);
  return { lanes: level.map(({ lane }) => lane), value: best.median };
}

/** The lanes with the fewest; these figures are counted, not sampled, so there is no interval. */
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

/**
 * The median with a 95 % interval that only assumes that the samples are independent: the order statistics at
 * n/2 ± 1.96 √n/2 (Conover, Practical Nonparametric Statistics, §3.2). With few samples it is their whole range.
 */
export function medianInterval(samples: readonly number[]) {
  const sorted = [...samples].sort((a, b) => a - b);
  const [n, half] = [sorted.length, 0.98 * Math.sqrt(sorted.length)];
  const [low, median, high] = [
    sorted[Math.max(0, Math.floor(n / 2 - half))],
    nearestRank(sorted, 0.5),
    sorted[Math.min(n - 1, Math.ceil(n / 2 + half))],
  ];
  return low === undefined || median === null || high === undefined ? null : { low, median, high };
}
