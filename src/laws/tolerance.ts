/**
 * How far a measurement may differ from a statistical law before the verdict is `differs`. Limits are chosen so
 * that a true law fails about once in ten thousand runs: a test with false alarms is soon switched off.
 */

/**
 * Half width for the mean of n ages that are uniform over one poll interval: 4 standard errors,
 * 4·(T/√12)/√n = 4T/√(12n). Same unit as the interval.
 */
export const pollMeanTolerance = (intervalNs: number, samples: number): number =>
  (4 * intervalNs) / Math.sqrt(12 * samples);

/**
 * Largest Kolmogorov–Smirnov distance still accepted: 2.23/√n. From the limit distribution,
 * P(√n·D > x) ≈ 2·e^(−2x²), which is 1 in 10,000 at x = 2.23.
 */
export const ksLimit = (samples: number): number => 2.23 / Math.sqrt(samples);

/**
 * The Kolmogorov–Smirnov distance between samples and a predicted distribution function: the largest gap
 * between the stairs the samples make and the curve, looked at on both sides of each stair. Samples in any
 * order; 0 ≤ result ≤ 1; NaN without samples.
 *
 * Stairs of equal samples are one stair, so a predicted constant (a vertical `cdf`) is compared with the
 * curve just below the value too: its left limit is read half a unit in the last place away.
 */
export function ksStatistic(samples: readonly number[], cdf: (x: number) => number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const count = sorted.length;
  if (count === 0) return Number.NaN;
  let distance = 0;
  for (let from = 0; from < count; ) {
    const x = sorted[from] as number;
    let to = from + 1;
    while (sorted[to] === x) to++;
    const justBelow = cdf(x - Math.max(Number.MIN_VALUE, Math.abs(x) * Number.EPSILON));
    distance = Math.max(distance, Math.abs(to / count - cdf(x)), Math.abs(justBelow - from / count));
    from = to;
  }
  return distance;
}

/** Half width for a share of empty polls: 4 standard errors of a binomial share, 4·√(p(1 − p)/polls). */
export const emptyShareTolerance = (share: number, polls: number): number =>
  4 * Math.sqrt((share * (1 - share)) / polls);

/**
 * The range of counts of n independent trials of probability p, except for a share `alpha` of all: at most half of it
 * on either side. Exact, by summing the distribution.
 */
export function binomialInterval(n: number, p: number, alpha: number): readonly [low: number, high: number] {
  if (p <= 0 || p >= 1) return [n * Math.round(p), n * Math.round(p)];
  const odds = Math.log(p / (1 - p));
  // By logarithms: (1 − p)^n alone would be 0 for thousands.
  let log = n * Math.log(1 - p);
  let below = 0;
  let low: number | null = null;
  for (let k = 0; ; k++) {
    below += Math.exp(log);
    if (low === null && below > alpha / 2) low = k;
    if (below >= 1 - alpha / 2 || k === n) return [low ?? k, k];
    log += Math.log((n - k) / (k + 1)) + odds;
  }
}

/**
 * The q-quantile by nearest rank: the smallest value that a share q does not exceed. Null if empty.
 *
 * @param sorted ascending
 */
export const nearestRank = (sorted: ArrayLike<number>, q: number): number | null =>
  sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;

/**
 * Fewest samples for which a quantile may be printed: below it the largest sample lies under the true quantile
 * more than 5 times in 100, and the figure would be a guess. All n samples lie below the q-quantile with
 * probability qⁿ, so qⁿ ≤ 0.05 ⇔ n ≥ ln 0.05 / ln q: 299 for p99, 2,995 for p99.9.
 *
 * @param quantile between 0 and 1, both excluded.
 */
export const samplesNeeded = (quantile: number): number => Math.ceil(Math.log(0.05) / Math.log(quantile));
