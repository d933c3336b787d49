/**
 * Latency samples of one trial. Raw samples are kept up to a bound, for exact quantiles and for the tests of
 * distributions; past the bound Node's HDR histogram takes over (three significant digits), and a note says so.
 */
import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Latency } from '../document/report.ts';
import { nearestRank, samplesNeeded } from '../laws/tolerance.ts';

const rawLimit = 1_000_000;

export interface Samples {
  /** Nanoseconds, 0 or more. */
  record(nanoseconds: number): void;
  count(): number;
  /** The raw samples, in order of arrival, up to the bound. */
  raw(): readonly number[];
  /** Null if there are too few samples for this quantile; the rule is `samplesNeeded`. */
  quantile(q: number): number | null;
  summary(kind: Latency['kind']): Latency | null;
}

export function createSamples(limit = rawLimit): Samples {
  const raw: number[] = [];
  let hdr: RecordableHistogram | null = null;
  let sorted: Float64Array | null = null;
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = 0;

  const quantile = (q: number) => {
    if (count < samplesNeeded(q)) return null;
    if (hdr) return hdr.percentile(q * 100);
    sorted ??= Float64Array.from(raw).sort();
    return nearestRank(sorted, q);
  };

  return {
    record(nanoseconds) {
      sorted = null;
      count++;
      sum += nanoseconds;
      min = Math.min(min, nanoseconds);
      max = Math.max(max, nanoseconds);
      if (raw.length < limit) raw.push(nanoseconds);
      else {
        hdr ??= histogramOf(raw);
        recordIn(hdr, nanoseconds);
      }
    },
    count: () => count,
    raw: () => raw,
    quantile,
    summary: (kind) =>
      count === 0
        ? null
        : {
            kind,
            unit: 'ns',
            count,
            min,
            mean: sum / count,
            p50: quantile(0.5),
            p90: quantile(0.9),
            p95: quantile(0.95),
            p99: quantile(0.99),
            // The HDR's own maximum is rounded to its bucket.
            max,
            histogram: logarithmicBuckets(raw),
          },
  };
}

const recordIn = (hdr: RecordableHistogram, nanoseconds: number) =>
  hdr.record(Math.max(1, Math.round(nanoseconds)));

function histogramOf(samples: readonly number[]): RecordableHistogram {
  const hdr = createHistogram({ lowest: 1, highest: Number.MAX_SAFE_INTEGER, figures: 3 });
  for (const sample of samples) recordIn(hdr, sample);
  return hdr;
}

/** Buckets for each decade: fine enough to draw, coarse enough to keep in a report. */
const perDecade = 20;

function logarithmicBuckets(samples: readonly number[]): [number, number, number][] {
  const counts = new Map<number, number>();
  for (const sample of samples) {
    const bucket = Math.floor(Math.log10(Math.max(1, sample)) * perDecade);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  const bound = (bucket: number) => Math.round(10 ** (bucket / perDecade));
  return [...counts].sort(([a], [b]) => a - b).map(([bucket, n]) => [bound(bucket), bound(bucket + 1), n]);
}
