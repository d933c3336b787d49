/**
 * The median of a few values with its bootstrap interval (Efron 1979, percentile method). Resampling is over
 * runs, never over messages inside a run: messages of one run share its conditions, and would feign certainty.
 */
import { median, quantileSorted, sampleWithReplacement } from 'simple-statistics';
import { type Random, randomStream } from '../base/schedule.ts';

export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;
const tails = [0.025, 0.975] as const;
/** Below this many repeats an interval would only repeat the extremes. */
const leastRepeats = 5;

/** The median and its 95 % interval: the middle of the medians of 2,000 samples drawn from the values, with replacement. */
export function estimate(values: readonly number[], random: Random): Estimate {
  const drawn = Array.from({ length: resamples }, () =>
    median(sampleWithReplacement([...values], values.length, random)),
  ).sort((a, b) => a - b);
  const [low, high] = tails.map((tail) => quantileSorted(drawn, tail)) as [number, number];
  return { median: median([...values]), low, high };
}

/** The median, and its interval if there are enough repeats for one. @param name of the random stream. */
export function overRepeats(values: readonly number[], seed: number, name: string) {
  const { median, low, high } = estimate(values, randomStream(seed, name));
  const enough = values.length >= leastRepeats;
  return { median, low: enough ? low : null, high: enough ? high : null };
}
