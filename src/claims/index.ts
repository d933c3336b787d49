/** The registry of claims, in the documents' order. A claim of the prose joins it with `table: null`. */
import type { TableAClaim, TableBClaim } from './claim.ts';
import { tableA } from './table-a.ts';
import { tableB } from './table-b.ts';

export { tableA, tableB };

export const claims: readonly (TableAClaim | TableBClaim)[] = [...tableA, ...tableB];
