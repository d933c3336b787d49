/** Bytes by layer, and the proof that none is missing: the sum of all fields against the counts of Node's sockets. */

import { createTally } from '../../ledger/tally.ts';
import type { Layer } from '../../protocols/layers.ts';
import { byteCount, type Unit } from '../../protocols/unit.ts';
import type { Specimen } from '../specimen.ts';

export interface Owner {
  readonly layer: Layer;
  readonly up: number;
  readonly down: number;
}

export interface Balance {
  readonly owners: readonly Owner[];
  readonly up: number;
  readonly down: number;
  /** By the sockets' own counters. */
  readonly written: number;
  readonly read: number;
  readonly balances: boolean;
}

/** Layers in the order in which the conversation shows them. */
export function ownersOf(units: readonly Unit[]): Owner[] {
  const tally = createTally();
  for (const { direction, fields } of units) {
    for (const { layer, name, bytes } of fields)
      tally.add({ layer, name, length: bytes.length, mark: 'field' }, direction, 'steady');
  }
  return [...tally.byLayer()].map(([layer, bytes]) => ({ layer, ...bytes }));
}

export function balanceOf({ connections }: Pick<Specimen, 'connections'>, units: readonly Unit[]): Balance {
  const sum = (direction: Unit['direction']) =>
    units.reduce((total, unit) => (unit.direction === direction ? total + byteCount(unit) : total), 0);
  const [up, down] = [sum('up'), sum('down')];
  const written = connections.reduce((total, { bytesWritten }) => total + bytesWritten, 0);
  const read = connections.reduce((total, { bytesRead }) => total + bytesRead, 0);
  return { owners: ownersOf(units), up, down, written, read, balances: up === written && down === read };
}
