/**
 * Who owns the bytes of an inspection: a row for each direction, a column for each layer that carried something, the
 * total.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Inspection } from '../../../document/inspection.ts';
import { protocols } from '../../../protocols/index.ts';
import { layers } from '../../../protocols/layers.ts';
import type { Table } from '../../blocks/block.ts';
import { compact } from '../../blocks/quantities.ts';
import { directionNames, heads } from '../../blocks/table-words.ts';

export const inspectedLayersTitle = text(
  'Whose bytes are these? (all connections)',
  '이 바이트는 어느 계층의 것인가? (모든 연결)',
);

const ways = ['up', 'down', 'both'] as const;

export function inspectedLayersTable({ wire }: Pick<Inspection, 'wire'>, reader: Reader): Table {
  const weigh = (way: (typeof ways)[number], layer?: string): number =>
    wire.layers
      .filter((row) => (way === 'both' || row.direction === way) && (layer ?? row.layer) === row.layer)
      .reduce((sum, { bytes }) => sum + bytes, 0);
  const used = layers.filter((layer) => weigh('both', layer) > 0);
  const row = (way: (typeof ways)[number]): string[] => [
    say(reader, directionNames[way]),
    ...used.map((layer) => figure(weigh(way, layer))),
    figure(weigh(way)),
  ];
  return {
    title: say(reader, inspectedLayersTitle),
    notes: [],
    shape: 'figures',
    head: [
      say(reader, heads.direction),
      ...used.map((layer) => say(reader, protocols[layer].look.title)),
      say(reader, heads.total),
    ],
    align: ['left', ...used.map(() => 'right' as const), 'right'],
    rows: [row('up'), row('down')],
    references: [row('both')],
  };
}

const figure = (value: number): string => (value === 0 ? '' : compact(value));
