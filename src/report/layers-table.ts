/**
 * Who owns the bytes: a row a trial, a column a layer, and the total they add up to. A layer that carried
 * nothing anywhere has no column.
 */
import type { Report, Trial } from '../document/report.ts';
import { type Layer, layers } from '../wire/span.ts';
import { type Group, groupsOf, type Labelled, titleOn } from './groups.ts';
import type { Table } from './table.ts';
import { compact } from './units.ts';
import type { Words } from './words.ts';

type Weigh = (trial: Trial, layer: Layer | null) => number | null;

/** Bytes of one layer, or of all of them for null. */
const allBytes: Weigh = ({ wire }, layer) =>
  wire.layers.reduce((sum, row) => (layer === null || row.layer === layer ? sum + row.bytes : sum), 0);

const perMessage: Weigh = (trial, layer) => {
  const steady = trial.wire.layers.filter(
    (row) => row.phase === 'steady' && (layer === null || row.layer === layer),
  );
  const messages = trial.messages.down;
  return messages === 0 ? null : steady.reduce((sum, row) => sum + row.bytes, 0) / messages;
};

const figure = (value: number): string => (value === 0 ? '' : compact(Math.round(value * 10) / 10));

function tableOf(group: Group, weigh: Weigh, title: string, words: Words): Table {
  const trials = [...group.chosen, ...group.references];
  const used = layers.filter((layer) =>
    trials.some(({ trial }) => trial.verdict !== 'invalid' && (allBytes(trial, layer) ?? 0) > 0),
  );
  const row = ({ label, trial }: Labelled): string[] => {
    const read = (layer: Layer | null): string => {
      const value = trial.verdict === 'invalid' ? null : weigh(trial, layer);
      return value === null ? words.say('missing.none') : figure(value);
    };
    return [label, ...used.map(read), read(null)];
  };
  return {
    title,
    notes: [words.say('legend.layers')],
    shape: 'figures',
    head: [
      words.say('head.transport'),
      ...used.map((layer) => words.say(`layer.${layer}`)),
      words.say('head.total'),
    ],
    align: ['left', ...used.map(() => 'right' as const), 'right'],
    rows: group.chosen.map(row),
    references: group.references.map(row),
  };
}

/** One table a group; with room for more, a second one per message after set-up. */
export function layersTables(report: Report, words: Words, wide: boolean): Table[] {
  return groupsOf(report).flatMap((group) => {
    const { scenario } = group;
    const titled = (title: string) => titleOn(title, group, report, words);
    const whole = tableOf(group, allBytes, titled(words.say('title.layers', { scenario })), words);
    if (!wide) return [whole];
    return [
      whole,
      tableOf(group, perMessage, titled(words.say('title.layersPerMessage', { scenario })), words),
    ];
  });
}
