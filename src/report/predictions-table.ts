/** What the laws predict beside what was measured. Judges nothing: the verdicts come with the report. */
import type { Prediction, Report, Trial } from '../metrics/report.ts';
import { breakable } from './groups.ts';
import type { Table } from './table.ts';
import { exact, share, time } from './units.ts';
import type { Words } from './words.ts';

/** Units that belong to the figure; all others stand once, beside the metric. */
const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  ms: (value) => time(value * 1e6),
  share,
};

const formatOf = (unit: string) => (Object.hasOwn(formats, unit) ? formats[unit] : undefined) ?? exact;

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
function predictedText({ predicted, unit }: Prediction, words: Words): string {
  const values = [predicted].flat().map(formatOf(unit));
  const last = values.at(-1) ?? words.say('missing.none');
  if (values.length < 2) return last;
  const first = values.length <= 4 ? values.slice(0, -1).join(', ') : `${values[0]} …`;
  return words.say('prediction.or', { first, last });
}

interface Told {
  readonly transport: string;
  readonly scenarios: Set<string>;
  readonly prediction: Prediction;
}

/** The same law with the same outcome in several repeats or scenarios is one row. */
function withoutRepeats(trials: readonly Trial[]): Told[] {
  const told = new Map<string, Told>();
  for (const { transport, scenario, predictions } of trials) {
    for (const prediction of predictions) {
      const key = JSON.stringify([transport, prediction]);
      const known = told.get(key);
      if (known) known.scenarios.add(scenario);
      else told.set(key, { transport, scenarios: new Set([scenario]), prediction });
    }
  }
  return [...told.values()];
}

/** null when no law applied. */
export function predictionsTable(report: Pick<Report, 'trials'>, words: Words): Table | null {
  const trials = report.trials.filter(({ verdict }) => verdict !== 'invalid');
  const told = withoutRepeats(trials);
  if (told.length === 0) return null;
  const judged = told.filter(({ prediction }) => prediction.verdict !== 'not-applicable');
  const holds = judged.filter(({ prediction }) => prediction.verdict === 'holds');
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
    rows: told.map(({ transport, scenarios, prediction }) => [
      breakable(transport),
      ...(several ? [[...scenarios].join(', ')] : []),
      prediction.law,
      metricText(prediction, words),
      predictedText(prediction, words),
      prediction.measured === null
        ? words.say('missing.none')
        : formatOf(prediction.unit)(prediction.measured),
      words.say(`prediction.${prediction.verdict}`),
    ]),
  };
}
