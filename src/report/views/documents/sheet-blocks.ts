/** The sheet of the two tables in a terminal. */
import { type Reader, say } from '../../../base/text.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { documentTexts } from './document-tables.ts';
import type { SheetTable } from './sheet.ts';
import type { ToldSheet } from './tables-sheet.ts';

/** The sheet in a terminal: what the document says in one column, condition below the verdict. */
export function sheetBlocks({ sheet, tones }: ToldSheet, reader: Reader): Block[] {
  let nth = 0;
  const tableOf = ({ title, head, rows }: SheetTable): Table => ({
    title,
    shape: 'prose',
    dense: true,
    head: [head[0] ?? '', say(reader, documentTexts.says), head.at(-2) ?? '', head.at(-1) ?? ''],
    align: ['left', 'left', 'left', 'left'],
    rows: rows.map(({ id, title, says, measured, verdict }) => [
      `${id} ${title}`,
      says.map(({ column, text }) => `${column}: ${text}`),
      [
        ...measured,
        ...says.flatMap(({ column, details = [] }) =>
          details.length > 0 ? [`${column}: ${details.join(' · ')}`] : [],
        ),
      ],
      [verdict.text, ...(verdict.condition === null ? [] : [verdict.condition])],
    ]),
    tones: rows.map(() => tones[nth++] ?? 'plain'),
    notes: [],
  });
  return [
    { kind: 'paragraph', text: sheet.title },
    ...sheet.conditions.map((text): Block => ({ kind: 'paragraph', text })),
    ...sheet.tables.map((table): Block => ({ kind: 'table', table: tableOf(table) })),
    ...sheet.legend.map((text): Block => ({ kind: 'paragraph', text })),
  ];
}
