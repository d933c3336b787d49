/**
 * A claim: one row of the documents, what the document says in our own words, and how a run's measurements are shown
 * beside it. A claim may name transports, because the documents do. It formats nothing: numbers leave here with their
 * unit, and the report's skins write them.
 */
import type { Text } from '../../base/text.ts';
import type { Evidence } from './evidence.ts';
import type { Judgement } from './judgement.ts';
import type { Line } from './line.ts';

/** What one run measured for one row. A column without lines was not measured in this run. */
export interface ClaimMeasured<Column extends string> {
  /** What the figures are: quantity, unit, condition. */
  readonly what: Line | null;
  readonly cells: Readonly<Record<Column, readonly Line[]>>;
}

export interface Claim<Table extends 'A' | 'B' | null, Column extends string> {
  readonly id: string;
  /** The table the row stands in; null for a sentence of the prose. */
  readonly table: Table;
  readonly title: Text;
  /** What the document says in each of its columns. */
  readonly says: Readonly<Record<Column, Text>>;
  readonly measure: (evidence: Evidence) => ClaimMeasured<Column>;
  readonly judgement: Judgement;
}

/** A sentence of the prose: it has one column, and a run shows no table of it. */
export type ProseClaim = Omit<Claim<null, 'prose'>, 'measure'>;
export type TableAClaim = Claim<'A', 'http' | 'websocket'>;
export type TableBClaim = Claim<'B', 'ws' | 'socketIo'>;

export type AnyClaim = TableAClaim | TableBClaim | ProseClaim;
