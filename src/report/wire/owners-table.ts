/** Sums of bytes: one transport by owner and direction, or several side by side. */

import { type Layer, layers } from '../../protocols/layers.ts';
import { byteCount, type Unit } from '../../protocols/unit.ts';
import { balanceOf } from '../../script/anatomy/owners.ts';
import type { Specimen } from '../../script/specimen.ts';
import { count, share } from '../blocks/quantities.ts';
import { terminalTable } from '../skins/terminal-table.ts';
import { wrap } from '../skins/wrap.ts';
import type { Look } from './look.ts';
import { phrases } from './phrases.ts';
import { stages, unitsIn, type WireStage } from './stages.ts';

export function ownerRows(specimen: Specimen, units: readonly Unit[], width: number, look: Look): string[] {
  const { owners, up, down, written, read, balances } = balanceOf(specimen, units);
  const all = up + down;
  const row = (name: string, toServer: number, toClient: number) => [
    name,
    ...[toServer, toClient, toServer + toClient].map(count),
    share((toServer + toClient) / Math.max(1, all)),
  ];
  const table = terminalTable(
    {
      title: look.say(phrases.ownersTitle),
      notes: [],
      shape: 'figures',
      head: [phrases.owner, phrases.toServer, phrases.toClient, phrases.inAll, phrases.share].map((head) =>
        look.say(head),
      ),
      align: ['left', 'right', 'right', 'right', 'right'],
      rows: owners.map((owner) => row(look.layerName(owner.layer), owner.up, owner.down)),
      references: [row(look.say(phrases.inAll), up, down)],
    },
    { width, ascii: look.ascii },
  );
  const verdict = balances ? phrases.balances : phrases.differs;
  const sentence = look.say(verdict, { written: count(written), read: count(read) });
  return [...table.split('\n'), ...wrap(sentence, width)];
}

/** A column for each transport: bytes of each step, then of each owner, then what the sockets counted. */
export function sideBySide(
  shown: readonly (readonly [Specimen, readonly Unit[]])[],
  width: number,
  look: Look,
): string[] {
  const sums = shown.map(([specimen, units]) => ({ specimen, units, ...balanceOf(specimen, units) }));
  const row = (name: string, cellOf: (sum: (typeof sums)[number]) => number | null) => [
    name,
    ...sums.map((sum) => {
      const bytes = cellOf(sum);
      return bytes === null ? '' : count(bytes);
    }),
  ];
  const owned = (wanted: Layer) => (sum: (typeof sums)[number]) => {
    const owner = sum.owners.find(({ layer }) => layer === wanted);
    return owner ? owner.up + owner.down : null;
  };
  const present = layers.filter((layer) => sums.some((sum) => owned(layer)(sum) !== null));
  const ofStage = (stage: WireStage) =>
    row(look.say(stage.title), ({ specimen, units }) => {
      const inStage = unitsIn(stage, specimen, units);
      return inStage?.reduce((sum, unit) => sum + byteCount(unit), 0) ?? null;
    });
  return terminalTable(
    {
      title: look.say(phrases.sideBySide),
      notes: [],
      shape: 'figures',
      head: [look.say(phrases.stepOrOwner), ...shown.map(([{ transport }]) => transport)],
      align: ['left', ...shown.map(() => 'right' as const)],
      rows: stages.map(ofStage),
      references: [
        ...present.map((layer) => row(look.layerName(layer), owned(layer))),
        row(look.say(phrases.inAll), ({ up, down }) => up + down),
        row(look.say(phrases.counted), ({ written, read }) => written + read),
      ],
    },
    { width, ascii: look.ascii },
  ).split('\n');
}
