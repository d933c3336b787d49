/** Rows of a lesson: predicted by an exact law or a specification; only shown; or predicted by a trial itself. */
import type { Text } from '../../base/text.ts';
import type { Prediction, Trial } from '../../document/report.ts';
import type { GuessValue, LessonRow, LessonUnit } from './lesson.ts';

/** A row without tolerance: timing cannot change its figure. */
export const exactRow = (
  unit: LessonUnit,
  metric: Text,
  law: string | null,
  predicted: GuessValue | readonly GuessValue[],
  measured: GuessValue | null,
): LessonRow => ({ metric, unit, law, predicted: [predicted].flat(), measured, tolerance: 0 });

/** A row for comparison, without a prediction. */
export const shownRow = (unit: LessonUnit, metric: Text, measured: GuessValue | null): LessonRow =>
  exactRow(unit, metric, null, [], measured);

/** Units of predictions, and their factors to our units. */
const units: Readonly<Record<string, readonly [unit: Exclude<LessonUnit, 'choice'>, factor: number]>> = {
  ms: ['nanoseconds', 1e6],
  B: ['bytes', 1],
  share: ['share', 1],
  messages: ['decimal', 1],
  pieces: ['count', 1],
  clients: ['count', 1],
};

export interface Wanted {
  readonly law: string;
  /** The prediction's own name: a law may predict several figures. */
  readonly metric: string;
  readonly text: Text;
  /** The law to name, if the trial files it as a special case of another law. */
  readonly named?: string;
}

/** A trial's own comparison of a law with its measurement, as a row of a lesson. */
export function lawRow({ predictions, transport }: Trial, { law, metric, text, named }: Wanted): LessonRow {
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
