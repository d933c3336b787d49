/** Who owns the bytes of an inspection: a row a direction, a column a layer that carried something, and the total. */
import type { Inspection } from '../document/inspection.ts';
import { layers } from '../wire/span.ts';
import type { Table } from './table.ts';
import { compact } from './units.ts';
import type { Words } from './words.ts';

const ways = ['up', 'down', 'both'] as const;

export function inspectedLayersTable({ wire }: Pick<Inspection, 'wire'>, words: Words): Table {
  const weigh = (way: (typeof ways)[number], layer?: string): number =>
    wire.layers
      .filter((row) => (way === 'both' || row.direction === way) && (layer ?? row.layer) === row.layer)
      .reduce((sum, { bytes }) => sum + bytes, 0);
  const used = layers.filter((layer) => weigh('both', layer) > 0);
  const row = (way: (typeof ways)[number]): string[] => [
    words.say(`direction.${way}`),
    ...used.map((layer) => figure(weigh(way, layer))),
    figure(weigh(way)),
  ];
  return {
    title: words.say('title.inspectedLayers'),
    notes: [],
    shape: 'figures',
    head: [
      words.say('head.direction'),
      ...used.map((layer) => words.say(`layer.${layer}`)),
      words.say('head.total'),
    ],
    align: ['left', ...used.map(() => 'right' as const), 'right'],
    rows: [row('up'), row('down')],
    references: [row('both')],
  };
}

const figure = (value: number): string => (value === 0 ? '' : compact(value));
