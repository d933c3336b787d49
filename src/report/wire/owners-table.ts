/** Whose the bytes were, in sums: one transport by owner and direction, or several side by side. */
import { balanceOf, ownersOf } from '../../anatomy/owners.ts';
import { byteCount, type Unit } from '../../anatomy/unit.ts';
import type { Specimen } from '../../gate/specimen.ts';
import { type Layer, layers } from '../../wire/span.ts';
import { terminalTable } from '../terminal-table.ts';
import { count, share } from '../units.ts';
import { wrap } from '../wrap.ts';
import type { Look } from './look.ts';
import { phrases } from './phrases.ts';

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

/** A row a transport, a column a layer that any of them has. */
export function ownersSideBySide(
  shown: readonly (readonly [Specimen, readonly Unit[]])[],
  width: number,
  look: Look,
): string[] {
  const sums = shown.map(([specimen, units]) => ({
    name: specimen.transport,
    owners: new Map(ownersOf(units).map(({ layer, up, down }) => [layer, up + down])),
    all: units.reduce((sum, unit) => sum + byteCount(unit), 0),
    counted: specimen.connections.reduce(
      (sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten,
      0,
    ),
  }));
  const present = layers.filter((layer) => sums.some(({ owners }) => owners.has(layer)));
  const head = (layer: Layer) => look.words.find(`layer.${layer}`) ?? layer;
  return terminalTable(
    {
      title: look.say(phrases.allSums),
      notes: [],
      shape: 'figures',
      head: [
        look.say(phrases.transport),
        ...present.map(head),
        look.say(phrases.inAll),
        look.say(phrases.counted),
      ],
      align: ['left', ...present.map(() => 'right' as const), 'right', 'right'],
      rows: sums.map(({ name, owners, all, counted }) => [
        name,
        ...present.map((layer) => (owners.has(layer) ? count(owners.get(layer) ?? 0) : '')),
        count(all),
        count(counted),
      ]),
    },
    { width, ascii: look.ascii },
  ).split('\n');
}
