/** What lessons ask of trials: several side by side, and a law's prediction as a row. */
import type { Text } from '../claims/claim.ts';
import type { Prediction, Trial } from '../metrics/report.ts';
import type { Row, Unit } from './lesson.ts';

/**
 * Waits for all of them even when one fails: a trial that is left behind would keep its server. Paced trials mostly
 * wait, so they may run side by side where milliseconds do not decide.
 */
export async function together<Results extends readonly unknown[]>(
  runs: readonly [...{ [Index in keyof Results]: Promise<Results[Index]> }],
): Promise<Results> {
  await Promise.allSettled(runs);
  return (await Promise.all(runs)) as unknown as Results;
}

/** Units of predictions, and what takes them to ours. */
const units: Readonly<Record<string, readonly [unit: Exclude<Unit, 'choice'>, factor: number]>> = {
  ms: ['nanoseconds', 1e6],
  B: ['bytes', 1],
  share: ['share', 1],
  messages: ['decimal', 1],
};

export interface Wanted {
  readonly law: string;
  /** The prediction's own name: a law may predict several figures. */
  readonly metric: string;
  readonly text: Text;
  /** The law to name, where the trial files a special case under the general one. */
  readonly named?: string;
}

/** The trial's own comparison of a law with its measurement, as a row of a lesson. */
export function lawRow({ predictions, transport }: Trial, { law, metric, text, named }: Wanted): Row {
  const found = predictions.find((one) => one.law === law && one.metric === metric);
  const [unit, factor] = (found && units[found.unit]) ?? [];
  if (!found || !unit || !factor) throw new Error(`${law} has no ${metric} over ${transport}`);
  return {
    metric: text,
    unit,
    law: named ?? law,
    predicted: [found.predicted].flat().map((value) => value * factor),
    measured: single(found) === null ? null : (single(found) ?? 0) * factor,
    tolerance: found.tolerance * factor,
  };
}

const single = ({ measured }: Prediction): number | null =>
  typeof measured === 'number' || measured === null ? measured : (measured[0] ?? null);
