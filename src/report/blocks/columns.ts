/** A table defined column by column: the head, the alignment and the cell of a row stand together. */
import { type Phrase, type Reader, say } from '../../base/text.ts';
import type { Align, Cell, Table } from './block.ts';

type Column<Row> = readonly [head: Phrase, align: Align, cell: (row: Row) => Cell];

export const columns = <Row>(
  rows: readonly Row[],
  reader: Reader,
  shown: readonly Column<Row>[],
): Pick<Table, 'head' | 'align' | 'rows'> => ({
  head: shown.map(([head]) => say(reader, head)),
  align: shown.map(([, align]) => align),
  rows: rows.map((row) => shown.map(([, , cell]) => cell(row))),
});
