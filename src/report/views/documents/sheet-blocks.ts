/** The sheet of the two tables in a terminal. */
import { type Reader, say } from '../../../base/text.ts';
import type { AnyClaim } from '../../../questions/claims/claim.ts';
import type { Block, Table } from '../../blocks/block.ts';
import { documentTexts } from './document-tables.ts';
import { partings, protocolTable } from './protocol-tables.ts';
import type { SheetTable } from './sheet.ts';
import type { ToldSheet } from './tables-sheet.ts';

/** The sheet in a terminal: what the document says in one column, the condition below the verdict. */
export function sheetBlocks({ sheet, tones, answered }: ToldSheet, reader: Reader, wide: boolean): Block[] {
  const several = answered.some(({ answers }) => answers.length > 1);
  const tables = several
    ? protocolTables({ sheet, answered }, reader, wide)
    : rowTables({ sheet, tones }, reader);
  return [
    { kind: 'paragraph', text: sheet.title },
    ...sheet.conditions.map((text): Block => ({ kind: 'paragraph', text })),
    ...tables.map((table): Block => ({ kind: 'table', table })),
    ...(several ? partings(answered, reader) : []),
    ...sheet.legend.map((text): Block => ({ kind: 'paragraph', text })),
  ];
}

function protocolTables(
  { sheet, answered }: Pick<ToldSheet, 'sheet' | 'answered'>,
  reader: Reader,
  wide: boolean,
): Table[] {
  return sheet.tables.map(({ title, rows }) => {
    const saysOf = ({ id }: AnyClaim) =>
      rows.find((row) => row.id === id)?.says.map(({ column, text }) => `${column}: ${text}`) ?? [];
    const own = answered.filter(({ claim }) => rows.some((row) => row.id === claim.id));
    return { ...protocolTable(own, { title, telling: 'in short', wide, saysOf }, reader), notes: [] };
  });
}

function rowTables({ sheet, tones }: Pick<ToldSheet, 'sheet' | 'tones'>, reader: Reader): Table[] {
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
  return sheet.tables.map(tableOf);
}
