/** What the laws predict beside what was measured. Judges nothing: the verdicts come with the report. */
import type { Prediction, Report, Trial } from '../metrics/report.ts';
import { breakable } from './groups.ts';
import type { Table } from './table.ts';
import { exact, share, time } from './units.ts';
import type { Words } from './words.ts';

const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  ms: (value) => time(value * 1e6),
  B: (value) => `${exact(value)} B`,
  share,
  count: exact,
  '': exact,
};

function figure(value: number, unit: string): string {
  const format = Object.hasOwn(formats, unit) ? formats[unit] : undefined;
  return format ? format(value) : `${exact(value)} ${unit}`;
}

/** A set of admissible values is told whole while it is short, then by its ends. */
function predictedText({ predicted, unit }: Prediction, words: Words): string {
  if (typeof predicted === 'number') return figure(predicted, unit);
  const values = predicted.map((value) => figure(value, unit));
  const last = values.at(-1) ?? words.say('missing.none');
  if (values.length < 2) return last;
  const first = values.length <= 4 ? values.slice(0, -1).join(', ') : `${values[0]} …`;
  return words.say('prediction.or', { first, last });
}

interface Told {
  readonly transport: string;
  readonly scenario: string;
  readonly prediction: Prediction;
}

/** The same law with the same outcome in several repeats is one row. */
function withoutRepeats(trials: readonly Trial[]): Told[] {
  const told = new Map<string, Told>();
  for (const { transport, scenario, predictions } of trials) {
    for (const prediction of predictions) {
      const key = JSON.stringify([transport, scenario, prediction]);
      told.set(key, { transport, scenario, prediction });
    }
  }
  return [...told.values()];
}

/** null when no law applied. */
export function predictionsTable(report: Pick<Report, 'trials'>, words: Words): Table | null {
  const told = withoutRepeats(report.trials);
  if (told.length === 0) return null;
  const judged = told.filter(({ prediction }) => prediction.verdict !== 'not-applicable');
  const holds = judged.filter(({ prediction }) => prediction.verdict === 'holds');
  const scenarios = new Set(told.map(({ scenario }) => scenario)).size > 1;
  return {
    title: words.say('title.predictions'),
    notes: [words.say('prediction.tally', { holds: exact(holds.length), judged: exact(judged.length) })],
    shape: 'figures',
    head: [
      words.say('head.transport'),
      ...(scenarios ? [words.say('head.scenario')] : []),
      words.say('head.law'),
      words.say('head.metric'),
      words.say('head.predicted'),
      words.say('head.measured'),
      words.say('head.verdict'),
    ],
    align: ['left', ...(scenarios ? (['left'] as const) : []), 'left', 'left', 'right', 'right', 'left'],
    rows: told.map(({ transport, scenario, prediction }) => [
      breakable(transport),
      ...(scenarios ? [scenario] : []),
      prediction.law,
      prediction.metric,
      predictedText(prediction, words),
      prediction.measured === null ? words.say('missing.none') : figure(prediction.measured, prediction.unit),
      words.say(`prediction.${prediction.verdict}`),
    ]),
  };
}
