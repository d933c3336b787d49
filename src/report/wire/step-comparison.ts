/**
 * The same conversation over several transports: at each step every unit is one line with a bar, all on one scale, so
 * that the costs of a step can be compared at a glance; then their sums side by side.
 */

import { protocols } from '../../protocols/index.ts';
import type { Layer } from '../../protocols/layers.ts';
import { byteCount, type Unit } from '../../protocols/unit.ts';
import { explainedUnits } from '../../script/anatomy/field-meanings.ts';
import { ownersOf } from '../../script/anatomy/owners.ts';
import type { Specimen } from '../../script/specimen.ts';
import { count, tenths } from '../blocks/quantities.ts';
import { wrap } from '../skins/wrap.ts';
import { cutTo, type Look, pad } from './look.ts';
import { sideBySide } from './owners-table.ts';
import { columns, conditions, heading } from './pages.ts';
import { phrases } from './phrases.ts';
import { stages, unitsIn, type WireStage } from './stages.ts';
import { labelOf } from './unit-head.ts';

type Shown = readonly (readonly [Specimen, readonly Unit[]])[];

const widths = { name: 20, label: 26, bytes: 6 } as const;
const barColumns = columns - widths.name - 2 - widths.label - widths.bytes - 1;

const signOf = (layer: Layer, { signs }: Look): string =>
  protocols[layer].look.letter ?? (layer === 'http' ? signs.http : signs.full);

export function comparisonText(specimens: readonly Specimen[], message: string, look: Look): string {
  const shown: Shown = specimens.map((specimen) => [specimen, explainedUnits(specimen)]);
  const units = shown.flatMap(([, of]) => of);
  // Leaves room for owners of a few bytes, which get a cell of their own.
  const cell = Math.max(1, Math.ceil(Math.max(0, ...units.map(byteCount)) / (barColumns - 4)));
  const rows = [
    ...opening(shown, message, cell, look),
    ...stages.flatMap((stage) => stageRows(shown, stage, cell, look)),
    '',
    ...sideBySide(shown, columns, look),
  ];
  return `${rows.map((row) => row.trimEnd()).join('\n')}\n`;
}

function opening(shown: Shown, message: string, cell: number, look: Look): string[] {
  const layers = ownersOf(shown.flatMap(([, units]) => units)).map(({ layer }) => layer);
  const quoted = cutTo(message, 40, look.signs.cut);
  const title = look.say(phrases.allTitle, { count: String(shown.length), message: quoted });
  const { up, down } = look.signs;
  const key = layers.map((layer) => `${signOf(layer, look)}\u00a0${look.layerName(layer)}`).join(', ');
  return [
    ...heading(title, look.signs.double, look),
    ...conditions(
      shown.map(([specimen]) => specimen),
      message,
      look,
    ),
    ...wrap(look.say(phrases.allLegend, { up, down, cell: String(cell), signs: key }), columns),
  ];
}

function stageRows(shown: Shown, stage: WireStage, cell: number, look: Look): string[] {
  return [
    '',
    ...heading(look.say(stage.title), look.signs.line, look),
    ...shown.flatMap(([specimen, units]) => {
      const inStage = unitsIn(stage, specimen, units);
      return inStage ? transportRows(specimen, inStage, cell, look) : [];
    }),
  ];
}

function transportRows({ transport }: Specimen, units: readonly Unit[], cell: number, look: Look): string[] {
  const name = look.ink.strong(pad(transport, widths.name));
  if (units.length === 0) return [`${name}${look.ink.faint(look.say(phrases.nothing))}`];
  // The sum stands below the name; if there is only one line, its own figure is the sum.
  return units.map((unit, index) => {
    const start = index === 0 ? name : pad(index === 1 ? `  ${sumOf(units, look)}` : '', widths.name);
    return `${start}${unitRow(unit, cell, look)}`;
  });
}

function sumOf(units: readonly Unit[], look: Look): string {
  const bytes = units.reduce((all, unit) => all + byteCount(unit), 0);
  const lasted = (units.at(-1)?.at ?? 0) - (units[0]?.at ?? 0);
  return look.say(phrases.sum, { bytes: count(bytes), time: tenths(lasted) });
}

function unitRow(unit: Unit, cell: number, look: Look): string {
  const label = pad(labelOf(unit, widths.label, look), widths.label);
  const bytes = pad(count(byteCount(unit)), widths.bytes, 'right');
  return `${look.signs[unit.direction]} ${label}${bytes} ${barOf(unit, cell, look)}`;
}

function barOf(unit: Unit, cell: number, look: Look): string {
  let left = barColumns;
  return ownersOf([unit])
    .map(({ layer, up, down }) => {
      const cells = Math.min(left, Math.ceil((up + down) / cell));
      left -= cells;
      return look.ink.layer(layer, signOf(layer, look).repeat(cells));
    })
    .join('');
}
