/** The registry of claims: tables A and B row by row, then the sentences of the prose, in the documents' order. */
import type { ProseClaim, TableAClaim, TableBClaim } from './claim.ts';
import { proseAboutTheApis } from './prose-apis.ts';
import { proseAboutConnections } from './prose-connections.ts';
import { proseAboutFeatures } from './prose-features.ts';
import { proseAboutWaiting } from './prose-waiting.ts';
import { proseAboutTheWire } from './prose-wire.ts';
import { tableA } from './table-a.ts';
import { tableB } from './table-b.ts';

export { tableA, tableB };

const number = ({ id }: ProseClaim) => Number(id.slice(1));
const ordered = (...groups: readonly (readonly ProseClaim[])[]) =>
  groups.flat().toSorted((a, b) => number(a) - number(b));

export const proseA: readonly ProseClaim[] = ordered(
  proseAboutWaiting,
  proseAboutConnections,
  proseAboutTheWire,
);
export const proseB: readonly ProseClaim[] = ordered(proseAboutFeatures, proseAboutTheApis);

export const claims: readonly (TableAClaim | TableBClaim | ProseClaim)[] = [
  ...tableA,
  ...tableB,
  ...proseA,
  ...proseB,
];
