/**
 * How each cost grows along a sweep: a table a cost, rows transports, columns the swept values; a chart of the
 * first; and in words what the bytes are made of and where more load no longer brings more.
 */

import type { Report, Trial } from '../document/report.ts';
import { bytesPerEvent } from '../questions/claims/cost.ts';
import { scenarioByName } from '../trial/scenarios/index.ts';
import { byteSentences } from './bytes-fit.ts';
import { breakable } from './groups.ts';
import { loadText, sharesLoad } from './load-text.ts';
import { type Row, type Sweep, sweepsOf } from './sweep.ts';
import type { Block, Table } from './table.ts';
import { meanBytes } from './tellings/telling.ts';
import { compact, count, milliseconds, narrowCount } from './units.ts';
import type { WordKey, Words } from './words.ts';

interface Cost {
  readonly title: WordKey;
  /** null: too few samples; undefined: there is no such thing. */
  readonly read: (trial: Trial) => number | null | undefined;
  readonly text: (value: number) => string;
}

const readyNs = ({ stages }: Trial) => stages.find(({ stage }) => stage === 'ready')?.p50Ns;
/** Where clients come one after the other, coming is what is asked about. */
const isConnecting = ({ scenario }: Trial) => scenarioByName(scenario)?.connecting === 'in-turn';

/** The first that applies is drawn. */
const costs: readonly Cost[] = [
  {
    title: 'growth.throughput',
    read: ({ load, throughput }) => (load.closed ? (throughput ?? undefined) : undefined),
    text: (rate) => compact(Math.round(rate)),
  },
  {
    title: 'growth.ready',
    read: (trial) => (isConnecting(trial) ? toMs(readyNs(trial)) : undefined),
    text: (ms) => milliseconds(ms * 1e6),
  },
  {
    title: 'growth.p50',
    read: (trial) => (trial.latency === null ? undefined : toMs(trial.latency.p50)),
    text: (ms) => milliseconds(ms * 1e6),
  },
  {
    title: 'growth.idleBytes',
    read: ({ idle }) => idle?.bytes,
    text: (bytes) => meanBytes(Math.round(bytes)),
  },
  { title: 'growth.bytesPerMessage', read: (trial) => bytesPerEvent(trial) ?? undefined, text: meanBytes },
  { title: 'growth.requests', read: ({ requests }) => requests, text: narrowCount },
  {
    title: 'growth.lost',
    read: ({ outage, delivery }) => (outage === null ? undefined : delivery.lost),
    text: narrowCount,
  },
  {
    title: 'growth.memory',
    read: ({ memory }) => memory?.serverBytes,
    text: (bytes) => meanBytes(Math.round(bytes)),
  },
];

const toMs = (ns: number | null | undefined): number | null | undefined =>
  ns === null || ns === undefined ? ns : ns / 1e6;

/** As many values as stand side by side in a terminal. */
const columnsAtOnce = 7;

function tablesOf(sweep: Sweep, { title, read, text }: Cost, words: Words): Table[] {
  const cell = (row: Row, value: number): string => {
    const trial = row.trials.get(value);
    const figure = trial === undefined ? undefined : read(trial);
    if (figure === null) return words.say('missing.quantile');
    return figure === undefined ? words.say('missing.none') : text(figure);
  };
  const told = {
    scenario: sweep.scenario,
    cost: words.find(title) ?? '',
    axis: words.find(sweep.axis.name) ?? '',
  };
  const chunks = Array.from({ length: Math.ceil(sweep.values.length / columnsAtOnce) }, (_, index) =>
    sweep.values.slice(index * columnsAtOnce, (index + 1) * columnsAtOnce),
  );
  return chunks.map((values) => {
    const line = (row: Row) => [breakable(row.transport), ...values.map((value) => cell(row, value))];
    return {
      title: words.say('growth.title', told),
      notes: [],
      shape: 'figures',
      head: [
        words.say('head.transport'),
        ...values.map((value) => sweep.axis.text(value).replace(' ', '\u00a0')),
      ],
      align: ['left', ...values.map(() => 'right' as const)],
      rows: sweep.rows.filter(({ reference }) => !reference).map(line),
      references: sweep.rows.filter(({ reference }) => reference).map(line),
    };
  });
}

function chartOf({ axis, values, rows }: Sweep, cost: Cost, words: Words): Block[] {
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
        xLabel: words.find(axis.name) ?? '',
        yLabel: words.find(cost.title) ?? '',
        logarithmic: words.say('growth.logarithmic'),
        ticks: values.map((value) => [value, axis.text(value)]),
        series,
        shared: words.say('growth.shared'),
      },
    },
  ];
}

/** The smallest value that brings nine tenths of all that can be had. */
const kneeShare = 0.9;

function kneeSentences({ axis, rows, values }: Sweep, words: Words): string[] {
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
      axis: words.find(axis.name) ?? '',
      value: axis.text(knee),
    };
    return [words.say(knee === values.at(-1) ? 'growth.noKnee' : 'growth.knee', said)];
  });
}

/** The bytes at the largest value, where most was measured. */
function bytesList({ axis, rows, values }: Sweep, words: Words): Block[] {
  const largest = values.at(-1);
  if (largest === undefined) return [];
  const trials = rows.flatMap(({ trials: points }) => points.get(largest) ?? []);
  const items = byteSentences(trials, words);
  if (items.length === 0) return [];
  const title = words.say('growth.bytesTitle', {
    axis: words.find(axis.name) ?? '',
    value: axis.text(largest),
  });
  return [{ kind: 'list', title, items }];
}

function blocksOf(sweep: Sweep, loaded: boolean, words: Words): Block[] {
  const told = costs.filter(({ read }) =>
    sweep.rows.some(({ trials }) => [...trials.values()].some((trial) => read(trial) !== undefined)),
  );
  const [first] = told;
  const load = loadText(
    sweep.scenario,
    sweep.all.map((trial) => trial.load),
    words,
  );
  const knees = kneeSentences(sweep, words);
  return [
    ...(loaded
      ? []
      : [{ kind: 'paragraph', text: words.say('growth.load', { scenario: sweep.scenario, load }) } as const]),
    ...told.flatMap((cost) => [
      ...tablesOf(sweep, cost, words).map((table): Block => ({ kind: 'table', table })),
      ...(cost === first ? chartOf(sweep, cost, words) : []),
    ]),
    ...bytesList(sweep, words),
    ...(knees.length > 0
      ? [{ kind: 'list', title: words.say('growth.kneeTitle'), items: knees } as const]
      : []),
  ];
}

/** Nothing where nothing was swept. */
export const growth = (report: Pick<Report, 'plan' | 'trials'>, words: Words): Block[] =>
  sweepsOf(report).flatMap((sweep) => blocksOf(sweep, sharesLoad(report), words));
