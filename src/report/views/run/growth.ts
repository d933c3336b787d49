/**
 * How each cost grows along a sweep: a table for each cost, with rows of transports and columns of swept values; a
 * chart of the first; and in words what the bytes are made of and from where more load brings no more.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { count } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { byteSentences } from './bytes-fit.ts';
import { breakable } from './groups.ts';
import { costs, type GrowthCost } from './growth-costs.ts';
import { loadText, sharesLoad } from './load-text.ts';
import { type Sweep, type SweepRow, sweepsOf } from './sweep-rows.ts';

const phrases = {
  title: text('{scenario}, by {axis}: {cost}', '{scenario}, {axis}에 따라: {cost}'),
  load: text('A sweep of {scenario}: {load}.', '스윕, 시나리오 {scenario}: {load}.'),
  logarithmic: text('log', '로그'),
  shared: text('* several', '* 여럿이 겹침'),
  bytesTitle: text(
    'Bytes of a client with n messages, set-up + n × per message ({axis}: {value})',
    '메시지가 n개일 때 클라이언트당 바이트: 연결 + n × 메시지당 ({axis}: {value})',
  ),
  kneeTitle: text('Where more no longer helps', '더 늘려도 나아지지 않는 지점'),
  knee: text(
    '{transport}: at most {most}/s; 90 % of that from {axis}: {value} on.',
    '{transport}: 최대 {most}/s, 그 90 %에 이르는 지점은 {axis}: {value}.',
  ),
  noKnee: text(
    '{transport}: {most}/s, and no knee up to {axis}: {value}.',
    '{transport}: {most}/s, 꺾이는 지점 없음({axis}: {value}까지).',
  ),
};

/** The number of values that fit side by side in a terminal. */
const columnsAtOnce = 7;

function tablesOf(sweep: Sweep, { title, read, text }: GrowthCost, reader: Reader): Table[] {
  const cell = (row: SweepRow, value: number): string => {
    const trial = row.trials.get(value);
    const figure = trial === undefined ? undefined : read(trial);
    if (figure === null) return say(reader, noFigure.tooFew);
    return figure === undefined ? say(reader, noFigure.none) : text(figure);
  };
  const told = {
    scenario: sweep.scenario,
    cost: say(reader, title),
    axis: say(reader, sweep.axis.name),
  };
  const chunks = Array.from({ length: Math.ceil(sweep.values.length / columnsAtOnce) }, (_, index) =>
    sweep.values.slice(index * columnsAtOnce, (index + 1) * columnsAtOnce),
  );
  return chunks.map((values) => {
    const line = (row: SweepRow) => [breakable(row.transport), ...values.map((value) => cell(row, value))];
    return {
      title: say(reader, phrases.title, told),
      notes: [],
      shape: 'figures',
      head: [
        say(reader, heads.transport),
        ...values.map((value) => sweep.axis.text(value).replace(' ', '\u00a0')),
      ],
      align: ['left', ...values.map(() => 'right' as const)],
      rows: sweep.rows.filter(({ reference }) => !reference).map(line),
      references: sweep.rows.filter(({ reference }) => reference).map(line),
    };
  });
}

function chartOf({ axis, values, rows }: Sweep, cost: GrowthCost, reader: Reader): Block[] {
  const series = rows.flatMap(({ transport, trials }) => {
    const points = [...trials].flatMap(([at, trial]) => {
      const value = cost.read(trial);
      return value === null || value === undefined ? [] : [[at, value] as const];
    });
    return points.length > 0 ? [{ name: transport, points }] : [];
  });
  if (series.length === 0) return [];
  return [
    {
      kind: 'chart',
      chart: {
        xLabel: say(reader, axis.name),
        yLabel: say(reader, cost.title),
        logarithmic: say(reader, phrases.logarithmic),
        ticks: values.map((value) => [value, axis.text(value)]),
        series,
        shared: say(reader, phrases.shared),
      },
    },
  ];
}

/** The smallest value that reaches this share of the maximum is the knee. */
const kneeShare = 0.9;

function kneeSentences({ axis, rows, values }: Sweep, reader: Reader): string[] {
  return rows.flatMap(({ transport, trials }) => {
    const rates = [...trials].flatMap(([at, { load, throughput }]) =>
      load.closed && throughput !== null ? [{ at, throughput }] : [],
    );
    if (rates.length < 2) return [];
    const most = Math.max(...rates.map(({ throughput }) => throughput));
    const knee = Math.min(
      ...rates.filter(({ throughput }) => throughput >= kneeShare * most).map(({ at }) => at),
    );
    const said = {
      transport,
      most: count(Math.round(most)),
      axis: say(reader, axis.name),
      value: axis.text(knee),
    };
    return [say(reader, knee === values.at(-1) ? phrases.noKnee : phrases.knee, said)];
  });
}

/** The bytes at the largest value, where most was measured. */
function bytesList({ axis, rows, values }: Sweep, reader: Reader): Block[] {
  const largest = values.at(-1);
  if (largest === undefined) return [];
  const trials = rows.flatMap(({ trials: points }) => points.get(largest) ?? []);
  const items = byteSentences(trials, reader);
  if (items.length === 0) return [];
  const title = say(reader, phrases.bytesTitle, {
    axis: say(reader, axis.name),
    value: axis.text(largest),
  });
  return [{ kind: 'list', title, items }];
}

function blocksOf(sweep: Sweep, loaded: boolean, reader: Reader): Block[] {
  const told = costs.filter(({ read }) =>
    sweep.rows.some(({ trials }) => [...trials.values()].some((trial) => read(trial) !== undefined)),
  );
  const [first] = told;
  const load = loadText(
    sweep.scenario,
    sweep.all.map((trial) => trial.load),
    reader,
  );
  const knees = kneeSentences(sweep, reader);
  return [
    ...(loaded
      ? []
      : [
          { kind: 'paragraph', text: say(reader, phrases.load, { scenario: sweep.scenario, load }) } as const,
        ]),
    ...told.flatMap((cost) => [
      ...tablesOf(sweep, cost, reader).map((table): Block => ({ kind: 'table', table })),
      ...(cost === first ? chartOf(sweep, cost, reader) : []),
    ]),
    ...bytesList(sweep, reader),
    ...(knees.length > 0
      ? [{ kind: 'list', title: say(reader, phrases.kneeTitle), items: knees } as const]
      : []),
  ];
}

/** Empty if nothing was swept. */
export const growth = (report: Pick<Report, 'plan' | 'trials'>, reader: Reader): Block[] =>
  sweepsOf(report).flatMap((sweep) => blocksOf(sweep, sharesLoad(report), reader));
