/**
 * Which item is best, and which cannot be told apart from it. Times of one short run are not exact: two medians within
 * 10 % are a tie. Bytes are exact: they tie only if they are equal.
 */

interface Ranked<T> {
  readonly item: T;
  readonly value: number;
}

export interface Ranking<T> {
  /** The best and all that tie with it, best first. */
  readonly winners: readonly [Ranked<T>, ...Ranked<T>[]];
  /** All others, best first. */
  readonly others: readonly Ranked<T>[];
}

export const timingNoise = 0.1;
/** Medians on loopback that differ by less than 3 ms differ because of the machine, not the transport. */
export const sameNs = 3e6;
export const exact = 0;

/** Ranks by the lowest value; items without a value take no part; null if no item has a value. */
export function rank<T>(
  items: Iterable<T>,
  measureOf: (item: T) => number | null | undefined,
  noise: number,
  /** A further difference that does not count, in the unit of the measure. */
  same = 0,
): Ranking<T> | null {
  const sorted: Ranked<T>[] = [];
  for (const item of items) {
    const value = measureOf(item);
    if (value !== null && value !== undefined) sorted.push({ item, value });
  }
  sorted.sort((a, b) => a.value - b.value);
  const [best, ...rest] = sorted;
  if (best === undefined) return null;
  const limit = best.value * (1 + noise) + same;
  return {
    winners: [best, ...rest.filter((one) => one.value <= limit)],
    others: rest.filter((one) => one.value > limit),
  };
}
