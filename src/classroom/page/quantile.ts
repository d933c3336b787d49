/** Quantiles and means of a few hundred samples; null with too few samples. */
import { nearestRank } from '../../laws/tolerance.ts';
import { fewestSamples, type Times } from './tables-talk.ts';

export function timesOf(samples: readonly number[]): Times {
  const sorted = [...samples].sort((a, b) => a - b);
  const sum = sorted.reduce((total, value) => total + value, 0);
  return {
    count: sorted.length,
    mean: sorted.length === 0 ? null : sum / sorted.length,
    p50: nearestRank(sorted, 0.5),
    // With fewer samples a 95th percentile would just be the maximum.
    p95: sorted.length < fewestSamples ? null : nearestRank(sorted, 0.95),
  };
}
