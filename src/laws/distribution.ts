/**
 * What an age law predicts when it predicts more than one number: a uniform distribution, which a test can
 * compare with the measured ages (Kolmogorov–Smirnov, see `tolerance.ts`).
 */

export interface Distribution {
  readonly low: number;
  readonly high: number;
  readonly mean: number;
  /** Standard deviation. */
  readonly sd: number;
  /** The share of samples at or below `x`. */
  cdf(x: number): number;
}

/** Uniform on [low, high): mean (low + high)/2, sd (high − low)/√12. With low = high, the constant. */
export function uniform(low: number, high: number): Distribution {
  const width = high - low;
  return {
    low,
    high,
    mean: low + width / 2,
    sd: width / Math.sqrt(12),
    // A constant jumps from 0 to 1 at its only value; dividing by its zero width would give NaN there.
    cdf: (x) => (width > 0 ? Math.min(1, Math.max(0, (x - low) / width)) : Number(x >= low)),
  };
}
