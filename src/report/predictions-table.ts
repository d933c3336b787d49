/** What the laws predict beside what was measured. Judges nothing: the verdicts come with the report. */
import type { Prediction, Report, Trial } from '../metrics/report.ts';
import { own } from '../own.ts';
import { breakable, gathered } from './groups.ts';
import type { Table } from './table.ts';
import { decimal, exact, share, time } from './units.ts';
import type { Words } from './words.ts';

/** Units that belong to the figure; all others stand once, beside the metric. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  ms: (value) => time(value * 1e6),
  share,
};

/** A metric of this version in the reader's language, any other as it is. */
function metricText({ metric, unit }: Prediction, words: Words): string {
  const worded = words.find(`metric.${metric}`) ?? metric;
  // "polls made" says its unit itself.
  const said = ['', 'count', ...Object.keys(formats), ...metric.split(' ')].includes(unit);
  return said
    ? worded
    : words.say('metric.inUnit', { metric: worded, unit: words.find(`unit.${unit}`) ?? unit });
}

/** A set of admissible values is told whole while it is short, then by its ends. */
function admissible(prediction: Prediction, words: Words): string {
  const values = [prediction.predicted].flat().map(formatOf(prediction));
  const last = values.at(-1) ?? words.say('missing.none');
  if (values.length < 2) return last;
  const first = values.length <= 4 ? values.slice(0, -1).join(', ') : `${values[0]} …`;
  return words.say('prediction.or', { first, last });
}

/** Beside an exact law nothing is rounded away; a mean that may differ by chance needs no third decimal. */
const formatOf = ({ unit, tolerance }: Prediction) =>
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
function predictedText(told: Pick<Told, 'predictions'>, words: Words): string {
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

interface Told {
  readonly transport: string;
  readonly scenario: string;
  /** Of one law and metric, all with the same verdict. */
  readonly predictions: [Prediction, ...Prediction[]];
}

/**
 * Repeats and sweeps ask the same law again and again: what has the same verdict is one row, with the range of
 * its figures. A prediction that differs is never hidden among those that hold.
 */
function together(trials: readonly Trial[]): Told[] {
  const all = trials.flatMap(({ transport, scenario, predictions }) =>
    predictions.map((prediction, index) => {
      const { law, metric, unit, verdict } = prediction;
      const isSame = (other: Prediction) => other.law === law && other.metric === metric;
      // A law may speak twice of one metric: then the first is compared with the first, the second with the second.
      const nth = predictions.slice(0, index).filter(isSame).length;
      return { transport, scenario, prediction, key: [transport, scenario, law, metric, unit, verdict, nth] };
    }),
  );
  return gathered(all, ({ key }) => key).map(([first, ...others]) => ({
    transport: first.transport,
    scenario: first.scenario,
    predictions: [first.prediction, ...others.map(({ prediction }) => prediction)],
  }));
}

function cellsOf(told: Told, words: Words): string[] {
  const [first] = told.predictions;
  const { law, verdict } = first;
  const measured = told.predictions.flatMap((one) => one.measured ?? []);
  const verdictText = words.say(`prediction.${verdict}`);
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

/** Scenarios in which a transport's law says the same share a row. */
function rowsOf(trials: readonly Trial[], several: boolean, words: Words): string[][] {
  const rows = together(trials).map((told) => ({ told, cells: cellsOf(told, words) }));
  return gathered(rows, ({ told, cells }) => [told.transport, cells]).map((same) => [
    breakable(same[0].told.transport),
    ...(several ? [same.map(({ told }) => told.scenario).join(', ')] : []),
    ...same[0].cells,
  ]);
}

/** null when no law applied. */
export function predictionsTable(report: Pick<Report, 'trials'>, words: Words): Table | null {
  const trials = report.trials.filter(({ verdict }) => verdict !== 'invalid');
  const all = trials.flatMap(({ predictions }) => predictions);
  if (all.length === 0) return null;
  const judged = all.filter(({ verdict }) => verdict !== 'not-applicable');
  const holds = judged.filter(({ verdict }) => verdict === 'holds');
  const several = new Set(trials.map(({ scenario }) => scenario)).size > 1;
  return {
    title: words.say('title.predictions'),
    notes: [words.say('prediction.tally', { holds: exact(holds.length), judged: exact(judged.length) })],
    shape: 'figures',
    head: [
      words.say('head.transport'),
      ...(several ? [words.say('head.scenario')] : []),
      words.say('head.law'),
      words.say('head.metric'),
      words.say('head.predicted'),
      words.say('head.measured'),
      words.say('head.verdict'),
    ],
    align: ['left', ...(several ? (['left'] as const) : []), 'left', 'left', 'right', 'right', 'left'],
    rows: rowsOf(trials, several, words),
  };
}
