/** Quantiles and means of a few hundred samples; null where there are too few to say it. */
import { nearestRank } from '../../laws/tolerance.ts';
import { fewestSamples, type Times } from './control-talk.ts';

export function timesOf(samples: readonly number[]): Times {
  const sorted = [...samples].sort((a, b) => a - b);
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    count: sorted.length,
    mean: sorted.length === 0 ? null : sum / sorted.length,
    p50: nearestRank(sorted, 0.5),
    // Of fewer, a 95th percentile is only another word for the maximum.
    p95: sorted.length < fewestSamples ? null : nearestRank(sorted, 0.95),
  };
}

/**
 * The median with a 95 % interval that assumes nothing about the samples but that they are independent: the order
 * statistics at n/2 ± 1.96 √n/2 (Conover, Practical Nonparametric Statistics, §3.2). Of few samples it is their whole range.
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
