/**
 * What was measured, a row a trial: one table for echoes, one for events the server sends on its own. An
 * invalid trial keeps its row and loses its figures: a wrong number in a table outlives every warning.
 */
import { bytesPerEvent, overheadShare } from '../claims/cost.ts';
import type { Report, Trial } from '../metrics/report.ts';
import { type Group, groupsOf, type Labelled, titleOn } from './groups.ts';
import type { Table } from './table.ts';
import { bytes, compact, count, milliseconds, narrowCount, share } from './units.ts';
import type { WordKey, Words } from './words.ts';

interface Figure {
  readonly head: WordKey;
  /** null: too few samples; undefined: there is no such thing in this trial. */
  readonly read: (trial: Trial) => string | null | undefined;
}

const some = <T>(value: T | null, format: (value: T) => string): string | undefined =>
  value === null ? undefined : format(value);

const quantile = (of: 'p50' | 'p95' | 'p99') => (trial: Trial) => {
  if (trial.latency === null) return undefined;
  const value = trial.latency[of];
  return value === null ? null : milliseconds(value);
};

const times: readonly Figure[] = [
  { head: 'head.p50', read: quantile('p50') },
  { head: 'head.p95', read: quantile('p95') },
  { head: 'head.p99', read: quantile('p99') },
];

const traffic: readonly Figure[] = [
  { head: 'head.requests', read: (trial) => narrowCount(trial.requests) },
  { head: 'head.connections', read: (trial) => narrowCount(trial.connections) },
];

const figures: Readonly<Record<Group['kind'], readonly Figure[]>> = {
  echo: [
    ...times,
    ...traffic,
    { head: 'head.overheadPerMessage', read: (trial) => some(trial.perMessage.overhead, perMessage) },
    { head: 'head.bytesInAll', read: (trial) => bytes(trial.wire.socketBytes) },
    { head: 'head.overheadShare', read: (trial) => some(overheadShare(trial), share) },
  ],
  age: [
    ...times,
    { head: 'head.events', read: (trial) => narrowCount(trial.messages.down) },
    ...traffic,
    { head: 'head.emptyPolls', read: (trial) => some(emptyShare(trial), share) },
    { head: 'head.bytesPerEvent', read: (trial) => some(bytesPerEvent(trial), perMessage) },
  ],
};

function perMessage(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return compact(rounded);
}

const emptyShare = ({ polls }: Trial): number | null =>
  polls === null || polls.made === 0 ? null : polls.empty / polls.made;

function row({ label, trial }: Labelled, columns: readonly Figure[], words: Words): string[] {
  const cell = ({ read }: Figure): string => {
    const figure = trial.verdict === 'invalid' ? undefined : read(trial);
    if (figure === null) return words.say('missing.quantile');
    return figure ?? words.say('missing.none');
  };
  return [label, ...columns.map(cell)];
}

/** Lost, doubled and failed messages are said in words: in most runs a column of them would be empty. */
function deliveryNote({ label, trial }: Labelled, words: Words): string[] {
  const { sent, lost, duplicated, reordered, errors } = trial.delivery;
  const said = (value: number, key: 'lost' | 'duplicated' | 'reordered') =>
    value === 0 ? [] : words.say(`delivery.${key}`, { count: count(value) });
  const details = [
    said(lost, 'lost'),
    said(duplicated, 'duplicated'),
    said(reordered, 'reordered'),
    Object.entries(errors).flatMap(([kind, times]) =>
      times === 0 ? [] : words.say('delivery.error', { kind, count: count(times) }),
    ),
  ].flat();
  if (details.length === 0) return [];
  return [words.say('legend.delivery', { transport: label, details: details.join(', '), sent: count(sent) })];
}

function legend(group: Group, words: Words): string[] {
  const trials = [...group.chosen, ...group.references];
  const has = (verdict: Trial['verdict']) => trials.some(({ trial }) => trial.verdict === verdict);
  const parts = [words.say(group.kind === 'echo' ? 'legend.echo' : 'legend.push')];
  if (group.references.length > 0) parts.push(words.say('legend.references'));
  const marks = [];
  if (has('noisy')) marks.push(words.say('legend.noisy'));
  if (has('invalid')) marks.push(words.say('legend.invalid'));
  return [...trials.flatMap((one) => deliveryNote(one, words)), ...marks, parts.join(' ')];
}

export function measuredTables(report: Report, words: Words): Table[] {
  return groupsOf(report).map((group) => {
    const columns = figures[group.kind];
    const title = words.say(group.kind === 'echo' ? 'title.echo' : 'title.push', {
      scenario: group.scenario,
    });
    return {
      title: titleOn(title, group, report, words),
      notes: legend(group, words),
      shape: 'figures',
      head: [words.say('head.transport'), ...columns.map(({ head }) => headOf(head, words))],
      align: ['left', ...columns.map(() => 'right' as const)],
      rows: group.chosen.map((one) => row(one, columns, words)),
      references: group.references.map((one) => row(one, columns, words)),
    };
  });
}

const headOf = (key: WordKey, words: Words): string => words.find(key) ?? key;
