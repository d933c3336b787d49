/**
 * What the laws predict beside what was measured. Judges nothing: the verdicts come with the report. How a prediction
 * is worded is the same before anything is measured: `foreseen-table.ts`.
 */

import { own } from '../base/lookup.ts';
import { say, text } from '../base/text.ts';
import type { Prediction, Report, Trial } from '../document/report.ts';
import { breakable, gathered } from './groups.ts';
import type { Table } from './table.ts';
import { decimal, exact, milliseconds, share, time } from './units.ts';
import type { Words } from './words.ts';

/** What is known of a prediction before anything is measured; not how far off it may be. */
export type Foreseen = Pick<Prediction, 'law' | 'metric' | 'unit' | 'predicted'> &
  Partial<Pick<Prediction, 'tolerance'>>;

const withheldText = text('noisy', '잡음');

/** Units that belong to the figure; all others stand once, beside the metric. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  // Never in seconds: a law and its measurement would look the same too often.
  ms: (value) => `${milliseconds(value * 1e6)} ms`,
  share,
};

/** A metric of this version in the reader's language, any other as it is. */
export function metricText({ metric, unit }: Foreseen, words: Words): string {
  const worded = words.find(`metric.${metric}`) ?? metric;
  // "polls made" says its unit itself.
  const said = ['', 'count', ...Object.keys(formats), ...metric.split(' ')].includes(unit);
  return said
    ? worded
    : words.say('metric.inUnit', { metric: worded, unit: words.find(`unit.${unit}`) ?? unit });
}

/** A set of admissible values is told whole while it is short, then by its ends. */
export function admissible(prediction: Foreseen, words: Words): string {
  const values = [prediction.predicted].flat().map(formatOf(prediction));
  const last = values.at(-1) ?? words.say('missing.none');
  if (values.length < 2) return last;
  const first = values.length <= 4 ? values.slice(0, -1).join(', ') : `${values[0]} …`;
  return words.say('prediction.or', { first, last });
}

/** Beside an exact law nothing is rounded away; a mean that may differ by chance needs no third decimal. */
const formatOf = ({ unit, tolerance = 0 }: Foreseen) =>
  own(formats, unit) ?? (tolerance === 0 ? exact : decimal);

/** The ends of what several trials say; one value where they agree. */
function ranged(values: readonly number[], like: Prediction, words: Words): string {
  if (values.length === 0) return words.say('missing.none');
  const [from, to] = [Math.min(...values), Math.max(...values)].map(formatOf(like));
  return from === to || from === undefined || to === undefined
    ? (from ?? '')
    : words.say('prediction.range', { from, to });
}

/** An exact law has no tolerance and shows none. */
function predictedText(told: Pick<Told<Prediction>, 'predictions'>, words: Words): string {
  const [first] = told.predictions;
  const same = told.predictions.every(
    ({ predicted }) => JSON.stringify(predicted) === JSON.stringify(first.predicted),
  );
  const value = same
    ? admissible(first, words)
    : ranged(
        told.predictions.flatMap(({ predicted }) => predicted),
        first,
        words,
      );
  const tolerances = told.predictions.map(({ tolerance }) => tolerance);
  if (Math.max(...tolerances) === 0) return value;
  return words.say('prediction.tolerance', { value, tolerance: ranged(tolerances, first, words) });
}

export interface Told<Said extends Foreseen> {
  readonly transport: string;
  readonly scenario: string;
  /** The swept value, where a column says it. */
  readonly at?: string;
  /** Of one law and metric, all with the same verdict. */
  readonly predictions: readonly [Said, ...Said[]];
}

/**
 * Repeats and sweeps ask the same law again and again: what has the same verdict is one row, with the range of
 * its figures. A prediction that differs is never hidden among those that hold.
 */
function together(trials: readonly Trial[]): Told<Prediction>[] {
  const all = trials.flatMap(({ transport, scenario, predictions }) =>
    predictions.map((prediction, index) => {
      const { law, metric, unit, verdict, withheld } = prediction;
      const isSame = (other: Prediction) => other.law === law && other.metric === metric;
      // A law may speak twice of one metric: then the first is compared with the first, the second with the second.
      const nth = predictions.slice(0, index).filter(isSame).length;
      return {
        transport,
        scenario,
        prediction,
        key: [transport, scenario, law, metric, unit, verdict, withheld, nth],
      };
    }),
  );
  return gathered(all, ({ key }) => key).map(([first, ...others]) => ({
    transport: first.transport,
    scenario: first.scenario,
    predictions: [first.prediction, ...others.map(({ prediction }) => prediction)],
  }));
}

function cellsOf(told: Told<Prediction>, words: Words): string[] {
  const [first] = told.predictions;
  const { law, verdict } = first;
  const measured = told.predictions.flatMap((one) => one.measured ?? []);
  const verdictText = first.withheld ? say(words, withheldText) : words.say(`prediction.${verdict}`);
  const count = told.predictions.length;
  return [
    law,
    metricText(first, words),
    predictedText(told, words),
    ranged(measured, first, words),
    count === 1 ? verdictText : words.say('prediction.times', { verdict: verdictText, count: exact(count) }),
  ];
}

/** One prediction in words, for a sentence. */
export const predictionText = (prediction: Prediction, words: Words) => ({
  law: prediction.law,
  metric: metricText(prediction, words),
  predicted: predictedText({ predictions: [prediction] }, words),
  measured: ranged([prediction.measured ?? []].flat(), prediction, words),
});

/** Columns that only some plans need. */
interface Needed {
  readonly scenario: boolean;
  /** What was swept, in words; null where nothing was. */
  readonly swept: string | null;
}

export const haveSeveral = (scenarios: readonly string[]): boolean => new Set(scenarios).size > 1;

/**
 * What every such table begins with, then the cells of each. Scenarios, and values of a sweep, for which a law says the
 * same share a row.
 */
export function lawTable<Said extends Foreseen>(
  all: readonly Told<Said>[],
  cellsOf: (told: Told<Said>) => string[],
  { scenario, swept }: Needed,
  words: Words,
): Pick<Table, 'shape' | 'head' | 'align' | 'rows'> {
  const rows = all.map((told) => ({ told, cells: cellsOf(told) }));
  const whence = [
    ...(scenario ? [{ head: words.say('head.scenario'), of: (told: Told<Said>) => told.scenario }] : []),
    ...(swept === null ? [] : [{ head: swept, of: ({ at = '' }: Told<Said>) => at }]),
  ];
  return {
    shape: 'figures',
    head: [
      words.say('head.transport'),
      ...whence.map(({ head }) => head),
      words.say('head.law'),
      words.say('head.metric'),
      words.say('head.predicted'),
    ],
    align: ['left', ...whence.map(() => 'left' as const), 'left', 'left', 'right'],
    rows: gathered(rows, ({ told, cells }) => [told.transport, cells]).map((same) => [
      breakable(same[0].told.transport),
      ...whence.map(({ of }) => [...new Set(same.map(({ told }) => of(told)))].join(', ')),
      ...same[0].cells,
    ]),
  };
}

/** null when no law applied. */
export function predictionsTable(report: Pick<Report, 'trials'>, words: Words): Table | null {
  const trials = report.trials.filter(({ verdict }) => verdict !== 'invalid');
  const all = trials.flatMap(({ predictions }) => predictions);
  if (all.length === 0) return null;
  const judged = all.filter(({ verdict }) => verdict !== 'not-applicable');
  const holds = judged.filter(({ verdict }) => verdict === 'holds');
  const needed = { scenario: haveSeveral(trials.map(({ scenario }) => scenario)), swept: null };
  const table = lawTable(together(trials), (told) => cellsOf(told, words), needed, words);
  return {
    ...table,
    title: words.say('title.predictions'),
    notes: [words.say('prediction.tally', { holds: exact(holds.length), judged: exact(judged.length) })],
    head: [...table.head, words.say('head.measured'), words.say('head.verdict')],
    align: [...table.align, 'right', 'left'],
  };
}
