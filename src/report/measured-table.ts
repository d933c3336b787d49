/**
 * What was measured: a table for each scenario, load and link, a row a trial. An invalid trial keeps its row and
 * loses its figures: a wrong number in a table outlives every warning.
 */
import type { Report, Trial } from '../document/report.ts';
import { scenarioByName } from '../trial/scenarios/index.ts';
import { type Group, groupsOf, type Labelled, titleOn } from './groups.ts';
import { isPaced, loadText, sharesLoad } from './load-text.ts';
import type { Table } from './table.ts';
import { tellingOf } from './tellings/index.ts';
import { type Column, p99, type Telling, trialsOf } from './tellings/telling.ts';
import { withUnconnected } from './unconnected.ts';
import { count, time } from './units.ts';
import type { WordKey, Words } from './words.ts';

type Told = Pick<Report, 'plan' | 'trials' | 'unconnected'>;

function row({ label, trial }: Labelled, columns: readonly Column[], words: Words): string[] {
  const cell = ({ read }: Column): string => {
    const figure = trial.verdict === 'invalid' ? undefined : read(trial);
    if (figure === null) return words.say('missing.quantile');
    return figure ?? words.say('missing.none');
  };
  return [label, ...columns.map(cell)];
}

/** Lost, doubled and failed messages are said in words: in most runs a column of them would be empty. */
function deliveryNote({ label, trial }: Labelled, counted: Telling['counted'], words: Words): string[] {
  const { sent, errors } = trial.delivery;
  const outcomes = (['lost', 'duplicated', 'reordered'] as const).filter((kind) => !counted?.includes(kind));
  const details = [
    ...outcomes.flatMap((kind) =>
      trial.delivery[kind] === 0 ? [] : words.say(`delivery.${kind}`, { count: count(trial.delivery[kind]) }),
    ),
    ...Object.entries(errors).flatMap(([kind, times]) =>
      times === 0 ? [] : words.say('delivery.error', { kind, count: count(times) }),
    ),
  ];
  if (details.length === 0) return [];
  return [words.say('legend.delivery', { transport: label, details: details.join(', '), sent: count(sent) })];
}

/** What the sender was late by is in the latencies, and is no transport's fault. */
const worthSayingNs = 1e6;

function latenessNote(group: Group, words: Words): string[] {
  if (!isPaced(group.scenario) || group.load.closed) return [];
  const late = [...group.chosen, ...group.references].flatMap(({ label, trial: { lateness, verdict } }) =>
    verdict !== 'invalid' && lateness.p99 !== null && lateness.p99 > worthSayingNs
      ? words.say('legend.late', { transport: label.replace(/\u00a0[~!]$/, ''), time: time(lateness.p99) })
      : [],
  );
  return late.length === 0 ? [] : [words.say('legend.lateness', { details: late.join(', ') })];
}

/** What was asked for, where the caption could not say it for all tables. */
function loadNote({ scenario, load, axes }: Group, report: Told, words: Words): string[] {
  // Of a sweep the title says what is special, and `growth.ts` the rest.
  if (axes.length === 1 || sharesLoad(report)) return [];
  return [words.say('legend.load', { load: loadText(scenario, [load], words) })];
}

/** Conditions that change what every figure means. */
function conditions({ load }: Group, words: Words): string[] {
  return [
    ...(load.closed ? [words.say('legend.closed')] : []),
    ...(load.writeCostUs > 0 ? [words.say('legend.writeCost', { time: time(load.writeCostUs * 1e3) })] : []),
  ];
}

/** What the marks beside names mean, where there are any. */
function marks(group: Group, words: Words): string[] {
  const has = (verdict: Trial['verdict']) => trialsOf(group).some((trial) => trial.verdict === verdict);
  return [
    ...(has('noisy') ? [words.say('legend.noisy')] : []),
    ...(has('invalid') ? [words.say('legend.invalid')] : []),
  ];
}

const meanings = (group: Group, telling: Telling, words: Words): string[] => [
  ...telling.legend(group, words),
  ...conditions(group, words),
  ...(group.references.length > 0 ? [words.say('legend.references')] : []),
];

/** The question, in the scenario's own words; of a scenario nobody knows, what its latency means. */
function titleOf({ scenario, kind }: Group, words: Words): string {
  const question = scenarioByName(scenario)?.question;
  if (question) return words.say('title.scenario', { scenario, question: words.tell(question) });
  return words.say(kind === 'echo' ? 'title.echo' : 'title.push', { scenario });
}

/** `short`: without what only a reader with time wants: p99, how late the sender was, what each column means. */
type Detail = 'full' | 'unexplained' | 'short';

function tableOf(group: Group, report: Told, words: Words, detail: Detail): Table {
  const telling = tellingOf(group);
  const readable = trialsOf(group).filter(({ verdict }) => verdict !== 'invalid');
  const columns = telling.columns.filter(
    (column) =>
      (!column.optional || readable.some((trial) => column.read(trial) !== undefined)) &&
      !(detail === 'short' && column === p99),
  );
  const rows = (measured: readonly Labelled[], reference: boolean) =>
    withUnconnected(
      measured.map((one) => ({ transport: one.trial.transport, cells: row(one, columns, words) })),
      report,
      { place: group, columns: 1 + columns.length, reference },
      words,
    );
  const legend = [...(detail === 'full' ? meanings(group, telling, words) : []), ...marks(group, words)];
  return {
    title: titleOn(titleOf(group, words), group, report, words),
    notes: [
      ...loadNote(group, report, words),
      ...[...group.chosen, ...group.references].flatMap((one) => deliveryNote(one, telling.counted, words)),
      ...(telling.notes?.(group, words) ?? []),
      ...(detail === 'short' ? [] : latenessNote(group, words)),
      ...(legend.length > 0 ? [legend.join(' ')] : []),
    ],
    shape: 'figures',
    head: [words.say('head.transport'), ...columns.map(({ head }) => headOf(head, words))],
    align: ['left', ...columns.map(() => 'right' as const)],
    rows: rows(group.chosen, false),
    references: rows(group.references, true),
  };
}

/** Of a sweep's tables only the last is explained; the others look the same. */
export function measuredTables(report: Told, words: Words): Table[] {
  const groups = groupsOf(report);
  return groups.map((group, index) =>
    tableOf(group, report, words, groups[index + 1]?.scenario === group.scenario ? 'unexplained' : 'full'),
  );
}

/** Of every scenario that was not swept. */
export const shortTables = (report: Told, words: Words): Table[] =>
  groupsOf(report)
    .filter(({ axes }) => axes.length === 0)
    .map((group) => tableOf(group, report, words, 'short'));

const headOf = (key: WordKey, words: Words): string => words.find(key) ?? key;
