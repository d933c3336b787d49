/**
 * What the laws predict beside what was measured. It judges nothing: the verdicts come with the report. A prediction is
 * worded as it is before anything is measured: `foreseen-table.ts`.
 */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Prediction, Report, Trial } from '../../../document/report.ts';
import type { Table } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { exact } from '../../blocks/quantities.ts';
import { heads, noFigure, range } from '../../blocks/table-words.ts';
import { breakable } from './groups.ts';
import { admissible, type Foreseen, formatOf, metricText } from './prediction-words.ts';

const phrases = {
  title: text('What the laws predict, and what was measured', '법칙의 예측과 실제 측정'),
  tolerance: text('{value} ± {tolerance}', '{value} ± {tolerance}'),
  times: text('{verdict} ({count}×)', '{verdict} ({count}회)'),
  tally: text('{holds} of {judged} predictions hold.', '예측 {judged}개 중 {holds}개가 맞음.'),
};

const withheldText = text('noisy', '잡음');
const elsewhereTexts = {
  server: text('n/a, not our server', '해당 없음, 다른 서버'),
  way: text('n/a, way unknown', '해당 없음, 모르는 경로'),
};

const proxied = {
  wrote: text('n/a, {proxy} wrote this', '해당 없음, {proxy}이(가) 쓴 것'),
  delayed: text('n/a, {proxy} on the way', '해당 없음, {proxy}을(를) 거침'),
};

/** Bytes and counts that differ are the proxy's own; a time has only passed through the proxy. */
function verdictOf({ verdict, withheld, proxy, elsewhere, unit }: Prediction, reader: Reader): string {
  if (withheld) return say(reader, withheldText);
  if (elsewhere) return say(reader, elsewhereTexts[elsewhere]);
  if (proxy === undefined) return say(reader, verdicts[verdict]);
  return say(reader, unit === 'ms' ? proxied.delayed : proxied.wrote, { proxy });
}

const verdicts: Readonly<Record<Prediction['verdict'], Text>> = {
  holds: text('holds', '맞음'),
  differs: text('DIFFERS', '측정과 다름'),
  'not-applicable': text('n/a', '해당 없음'),
};

/** The lowest and the highest of several trials; one value if they agree. */
function ranged(values: readonly number[], like: Prediction, reader: Reader): string {
  if (values.length === 0) return say(reader, noFigure.none);
  const [from, to] = [Math.min(...values), Math.max(...values)].map(formatOf(like));
  return from === to || from === undefined || to === undefined
    ? (from ?? '')
    : say(reader, range, { from, to });
}

/** An exact law has no tolerance and shows none. */
function predictedText(told: Pick<ToldLaw<Prediction>, 'predictions'>, reader: Reader): string {
  const [first] = told.predictions;
  const same = told.predictions.every(
    ({ predicted }) => JSON.stringify(predicted) === JSON.stringify(first.predicted),
  );
  const value = same
    ? admissible(first, reader)
    : ranged(
        told.predictions.flatMap(({ predicted }) => predicted),
        first,
        reader,
      );
  const tolerances = told.predictions.map(({ tolerance }) => tolerance);
  if (Math.max(...tolerances) === 0) return value;
  return say(reader, phrases.tolerance, { value, tolerance: ranged(tolerances, first, reader) });
}

export interface ToldLaw<Said extends Foreseen> {
  readonly transport: string;
  readonly scenario: string;
  /** The swept value, if a column shows it. */
  readonly at?: string;
  /** Of one law and metric, all with the same verdict. */
  readonly predictions: readonly [Said, ...Said[]];
}

/**
 * Repeats and sweeps ask the same law again and again: predictions with the same verdict share a row, with the range of
 * their figures. A prediction that differs is never hidden among those that hold.
 */
function together(trials: readonly Trial[]): ToldLaw<Prediction>[] {
  const all = trials.flatMap(({ transport, scenario, predictions }) =>
    predictions.map((prediction, index) => {
      const { law, metric, unit, verdict, withheld, proxy, elsewhere } = prediction;
      const isSame = (other: Prediction) => other.law === law && other.metric === metric;
      // A law may predict one metric twice: then the first is compared with the first, the second with the second.
      const nth = predictions.slice(0, index).filter(isSame).length;
      return {
        transport,
        scenario,
        prediction,
        key: [transport, scenario, law, metric, unit, verdict, withheld, proxy, elsewhere, nth],
      };
    }),
  );
  return gathered(all, ({ key }) => key).map(([first, ...others]) => ({
    transport: first.transport,
    scenario: first.scenario,
    predictions: [first.prediction, ...others.map(({ prediction }) => prediction)],
  }));
}

function cellsOf(told: ToldLaw<Prediction>, reader: Reader): string[] {
  const [first] = told.predictions;
  const { law } = first;
  const measured = told.predictions.flatMap((one) => one.measured ?? []);
  const verdictText = verdictOf(first, reader);
  const count = told.predictions.length;
  return [
    law,
    metricText(first, reader),
    predictedText(told, reader),
    ranged(measured, first, reader),
    count === 1 ? verdictText : say(reader, phrases.times, { verdict: verdictText, count: exact(count) }),
  ];
}

/** One prediction in words, for a sentence. */
export const predictionText = (prediction: Prediction, reader: Reader) => ({
  law: prediction.law,
  metric: metricText(prediction, reader),
  predicted: predictedText({ predictions: [prediction] }, reader),
  measured: ranged([prediction.measured ?? []].flat(), prediction, reader),
});

/** Which optional columns the table has. */
interface Needed {
  readonly scenario: boolean;
  /** What was swept, in words; null if nothing was. */
  readonly swept: string | null;
}

export const haveSeveral = (scenarios: readonly string[]): boolean => new Set(scenarios).size > 1;

/**
 * The columns that every such table begins with, then the cells of each row. Scenarios, and values of a sweep, with the
 * same prediction share a row.
 */
export function lawTable<Said extends Foreseen>(
  all: readonly ToldLaw<Said>[],
  cellsOf: (told: ToldLaw<Said>) => string[],
  { scenario, swept }: Needed,
  reader: Reader,
): Pick<Table, 'shape' | 'head' | 'align' | 'rows'> {
  const rows = all.map((told) => ({ told, cells: cellsOf(told) }));
  const whence = [
    ...(scenario ? [{ head: say(reader, heads.scenario), of: (told: ToldLaw<Said>) => told.scenario }] : []),
    ...(swept === null ? [] : [{ head: swept, of: ({ at = '' }: ToldLaw<Said>) => at }]),
  ];
  return {
    shape: 'figures',
    head: [
      say(reader, heads.transport),
      ...whence.map(({ head }) => head),
      say(reader, heads.law),
      say(reader, heads.metric),
      say(reader, heads.predicted),
    ],
    align: ['left', ...whence.map(() => 'left' as const), 'left', 'left', 'right'],
    rows: gathered(rows, ({ told, cells }) => [told.transport, cells]).map((same) => [
      breakable(same[0].told.transport),
      ...whence.map(({ of }) => [...new Set(same.map(({ told }) => of(told)))].join(', ')),
      ...same[0].cells,
    ]),
  };
}

/** Null if no law applied. */
export function predictionsTable(report: Pick<Report, 'trials'>, reader: Reader): Table | null {
  const trials = report.trials.filter(({ verdict }) => verdict !== 'invalid');
  const all = trials.flatMap(({ predictions }) => predictions);
  if (all.length === 0) return null;
  const judged = all.filter(({ verdict }) => verdict !== 'not-applicable');
  const holds = judged.filter(({ verdict }) => verdict === 'holds');
  const needed = { scenario: haveSeveral(trials.map(({ scenario }) => scenario)), swept: null };
  const table = lawTable(together(trials), (told) => cellsOf(told, reader), needed, reader);
  return {
    ...table,
    title: say(reader, phrases.title),
    notes: [say(reader, phrases.tally, { holds: exact(holds.length), judged: exact(judged.length) })],
    head: [...table.head, say(reader, heads.measured), say(reader, heads.verdict)],
    align: [...table.align, 'right', 'left'],
  };
}
