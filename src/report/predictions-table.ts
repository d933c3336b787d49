/**
 * What the laws predict beside what was measured. Judges nothing: the verdicts come with the report. How a prediction
 * is worded is the same before anything is measured: `foreseen-table.ts`.
 */

import { own } from '../base/lookup.ts';
import { type Reader, say, type Text, text } from '../base/text.ts';
import type { Prediction, Report, Trial } from '../document/report.ts';
import { noFigure, range } from './figure-words.ts';
import { breakable, gathered } from './groups.ts';
import { heads } from './heads.ts';
import type { Table } from './table.ts';
import { decimal, exact, milliseconds, share, time } from './units.ts';

const phrases = {
  title: text('What the laws predict, and what was measured', '법칙의 예측과 실제 측정'),
  inUnit: text('{metric}, {unit}', '{metric}, {unit}'),
  or: text('{first} or {last}', '{first} 또는 {last}'),
  tolerance: text('{value} ± {tolerance}', '{value} ± {tolerance}'),
  times: text('{verdict} ({count}×)', '{verdict} ({count}회)'),
  tally: text('{holds} of {judged} predictions hold.', '예측 {judged}개 중 {holds}개가 맞음.'),
};

const verdicts: Readonly<Record<Prediction['verdict'], Text>> = {
  holds: text('holds', '맞음'),
  differs: text('DIFFERS', '측정과 다름'),
  'not-applicable': text('n/a', '해당 없음'),
};

const metricNames: Readonly<Record<string, Text>> = {
  'frame header up': text('frame header up', '보낼 때 프레임 헤더'),
  'frame header down': text('frame header down', '받을 때 프레임 헤더'),
  'handshake request': text('handshake request', '핸드셰이크 요청'),
  'handshake response': text('handshake response', '핸드셰이크 응답'),
  event: text('event', '이벤트'),
  'event and chunk, beyond the payload': text(
    'event and chunk without payload',
    '이벤트와 청크(페이로드 제외)',
  ),
  'chunk around an event': text('chunk around an event', '이벤트를 감싼 청크'),
  'event and frame up': text('event and frame up', '보낼 때 이벤트와 프레임'),
  'event and frame down': text('event and frame down', '받을 때 이벤트와 프레임'),
  'requests to connect': text('requests to connect', '연결할 때의 요청 수'),
  'polls made and skipped': text('polls made and skipped', '보낸 폴링과 건너뛴 폴링 수'),
  'mean age of an event': text('mean age of an event', '이벤트 지연의 평균'),
  'median age or echo': text('median age or echo', '지연 또는 에코의 중앙값'),
  'share of empty polls': text('share of empty polls', '빈 폴링 비율'),
  'messages per non-empty poll': text('messages per non-empty poll', '비어 있지 않은 폴링당 메시지 수'),
  'messages per response': text('messages per response', '응답당 메시지 수'),
  'messages lost in the outage': text('messages lost in the outage', '단절 중에 유실된 메시지 수'),
  'median time to the first piece': text('median time to the first piece', '첫 조각까지 걸린 시간의 중앙값'),
  'gap between pieces, p50': text('gap between pieces, p50', '조각 사이의 간격, p50'),
  'gap between pieces, p95': text('gap between pieces, p95', '조각 사이의 간격, p95'),
  'until the server knows of a cancel': text('until the server knows of a cancel', '서버가 취소를 알 때까지'),
  'pieces said after a cancel, mean': text(
    'pieces said after a cancel, mean',
    '취소 뒤에 보낸 조각 수의 평균',
  ),
  'pieces lost by the cut': text('pieces lost by the cut', '연결이 끊겨 유실된 조각 수'),
  'time to connect': text('time to connect', '연결까지 걸린 시간'),
  'time to upgrade': text('time to upgrade', '업그레이드까지 걸린 시간'),
};

const unitNames: Readonly<Record<string, Text>> = {
  B: text('B', 'B'),
  'B/message': text('B/message', 'B/메시지'),
  'B/event': text('B/event', 'B/이벤트'),
};

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
export function metricText({ metric, unit }: Foreseen, reader: Reader): string {
  const name = own(metricNames, metric);
  const worded = name ? say(reader, name) : metric;
  // "polls made" says its unit itself.
  const said = ['', 'count', ...Object.keys(formats), ...metric.split(' ')].includes(unit);
  if (said) return worded;
  const unitName = own(unitNames, unit);
  return say(reader, phrases.inUnit, { metric: worded, unit: unitName ? say(reader, unitName) : unit });
}

/** A set of admissible values is told whole while it is short, then by its ends. */
export function admissible(prediction: Foreseen, reader: Reader): string {
  const values = [prediction.predicted].flat().map(formatOf(prediction));
  const last = values.at(-1) ?? say(reader, noFigure.none);
  if (values.length < 2) return last;
  const first = values.length <= 4 ? values.slice(0, -1).join(', ') : `${values[0]} …`;
  return say(reader, phrases.or, { first, last });
}

/** Beside an exact law nothing is rounded away; a mean that may differ by chance needs no third decimal. */
const formatOf = ({ unit, tolerance = 0 }: Foreseen) =>
  own(formats, unit) ?? (tolerance === 0 ? exact : decimal);

/** The ends of what several trials say; one value where they agree. */
function ranged(values: readonly number[], like: Prediction, reader: Reader): string {
  if (values.length === 0) return say(reader, noFigure.none);
  const [from, to] = [Math.min(...values), Math.max(...values)].map(formatOf(like));
  return from === to || from === undefined || to === undefined
    ? (from ?? '')
    : say(reader, range, { from, to });
}

/** An exact law has no tolerance and shows none. */
function predictedText(told: Pick<Told<Prediction>, 'predictions'>, reader: Reader): string {
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

function cellsOf(told: Told<Prediction>, reader: Reader): string[] {
  const [first] = told.predictions;
  const { law, verdict } = first;
  const measured = told.predictions.flatMap((one) => one.measured ?? []);
  const verdictText = first.withheld ? say(reader, withheldText) : say(reader, verdicts[verdict]);
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
  reader: Reader,
): Pick<Table, 'shape' | 'head' | 'align' | 'rows'> {
  const rows = all.map((told) => ({ told, cells: cellsOf(told) }));
  const whence = [
    ...(scenario ? [{ head: say(reader, heads.scenario), of: (told: Told<Said>) => told.scenario }] : []),
    ...(swept === null ? [] : [{ head: swept, of: ({ at = '' }: Told<Said>) => at }]),
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

/** null when no law applied. */
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
