/**
 * The one accumulator behind every account: how many bytes each field has, how often it occurred, and how many units of
 * its layer began with it; by direction and phase. Trials, inspections, classroom pages and exact weights use it.
 */
import type { Trial } from '../document/report.ts';
import type { Layer } from '../protocols/layers.ts';
import { type Direction, type Phase, phases, type Span } from '../wire/span.ts';

export type Field = Trial['fields'][number];
export type LayerTotal = Trial['wire']['layers'][number];

export interface Tally {
  add(
    span: Pick<Span<Layer>, 'layer' | 'name' | 'length' | 'mark'>,
    direction: Direction,
    phase: Phase,
  ): void;
  /** Everything that another tally holds. */
  addAll(other: Tally): void;
  /** In the order in which they were first seen. */
  rows(): readonly Readonly<Row>[];
  fields(): Field[];
  layers(): LayerTotal[];
  /** Bytes of each layer, over all phases. */
  byLayer(): Map<Layer, Record<Direction, number>>;
}

interface Row extends Field {
  units: number;
}

type Shelf = Map<Layer, Map<string, Row>>;

export function createTally(): Tally {
  const rows: Row[] = [];
  // Nested maps instead of one: a joined key would have to be built for every span.
  const shelves = Object.fromEntries(phases.map((phase) => [phase, newShelves()])) as {
    [phase in Phase]: Record<Direction, Shelf>;
  };
  const rowOf = (layer: Layer, name: string, direction: Direction, phase: Phase): Row => {
    const shelf = shelves[phase][direction];
    const known = shelf.get(layer)?.get(name);
    if (known) return known;
    const row = { layer, name, direction, phase, count: 0, bytes: 0, units: 0 };
    rows.push(row);
    shelf.set(layer, (shelf.get(layer) ?? new Map<string, Row>()).set(name, row));
    return row;
  };
  return {
    add({ layer, name, length, mark }, direction, phase) {
      const row = rowOf(layer, name, direction, phase);
      row.bytes += length;
      if (mark !== 'more') row.count++;
      if (mark === 'unit') row.units++;
    },
    addAll(other) {
      for (const { layer, name, direction, phase, count, bytes, units } of other.rows()) {
        const row = rowOf(layer, name, direction, phase);
        row.count += count;
        row.bytes += bytes;
        row.units += units;
      }
    },
    rows: () => rows,
    fields: () => rows.map(({ units: _, ...field }) => field),
    layers: () => layersOf(rows),
    byLayer() {
      const sums = new Map<Layer, Record<Direction, number>>();
      for (const { layer, direction, bytes } of rows) {
        const sum = sums.get(layer) ?? { up: 0, down: 0 };
        sums.set(layer, sum);
        sum[direction] += bytes;
      }
      return sums;
    },
  };
}

const newShelves = (): Record<Direction, Shelf> => ({ up: new Map(), down: new Map() });

function layersOf(rows: readonly Row[]): LayerTotal[] {
  const sums = new Map<string, LayerTotal>();
  for (const { layer, direction, phase, units, bytes } of rows) {
    const key = `${layer} ${direction} ${phase}`;
    const sum = sums.get(key) ?? { layer, direction, phase, units: 0, bytes: 0 };
    sums.set(key, sum);
    sum.units += units;
    sum.bytes += bytes;
  }
  return [...sums.values()];
}
