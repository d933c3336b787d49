/**
 * Statistics for measurements that a busy machine disturbs: two variants are run in pairs, one right after the other,
 * so that noise disturbs both alike; the ratio is taken within the pair; and the median of the ratios comes with a
 * bootstrap interval (Efron 1979, percentile method). Pure functions.
 */
import { shuffle } from 'simple-statistics';
import type { Random } from '../src/base/schedule.ts';
import { type Estimate, estimate } from '../src/metrics/bootstrap.ts';

export { type Estimate, estimate };

/** What was read from the two variants of one pair. */
export interface Pair<Reading> {
  readonly ours: Reading;
  readonly peer: Reading;
}

/** A ratio that should be at most, or at least, so much. */
export type Aim = { readonly atMost: number } | { readonly atLeast: number };

/** Ours to peer, pair by pair: a ratio of two medians would lose what the pairing gained. */
export const ratios = <Reading>(
  pairs: readonly Pair<Reading>[],
  read: (reading: Reading) => number,
): number[] => pairs.map(({ ours, peer }) => read(ours) / read(peer));

/**
 * Which variant of each pair goes first: each in half of the pairs (the second may find the caches warm or the machine
 * hot), in seeded random order (an alternation could be in step with periodic noise).
 */
export const firstOfPairs = (count: number, random: Random): (keyof Pair<unknown>)[] =>
  shuffle(
    Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 'ours' : 'peer')),
    random,
  );

/** `open`: the median misses the aim, but its interval reaches it, so more pairs must decide. */
export function verdictOf({ median, low, high }: Estimate, aim: Aim): 'met' | 'open' | 'not met' {
  const keeps = (ratio: number) => ('atMost' in aim ? ratio <= aim.atMost : ratio >= aim.atLeast);
  if (keeps(median)) return 'met';
  return keeps(low) || keeps(high) ? 'open' : 'not met';
}
