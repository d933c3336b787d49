/** The order of a report, the same in every skin: conditions, what was measured, what it means, how sure. */
import type { Report } from '../metrics/report.ts';
import { caption } from './caption.ts';
import { documentTables } from './document-tables.ts';
import { layersTables } from './layers-table.ts';
import { measuredTables } from './measured-table.ts';
import { noteLines } from './notes.ts';
import { predictionsTable } from './predictions-table.ts';
import { sentences } from './sentences.ts';
import type { Block, Table } from './table.ts';
import type { Words } from './words.ts';

const block = (table: Table): Block => ({ kind: 'table', table });

export function outline(report: Report, words: Words, wide: boolean): Block[] {
  const said = sentences(report, words);
  const predictions = predictionsTable(report, words);
  const notes = noteLines(report, words);
  return [
    ...caption(report, words),
    ...measuredTables(report, words).map(block),
    ...(said.length > 0 ? [{ kind: 'list', title: words.say('title.sentences'), items: said } as const] : []),
    ...layersTables(report, words, wide).map(block),
    ...documentTables(report, words).map(block),
    ...(predictions ? [block(predictions)] : []),
    {
      kind: 'list',
      title: words.say('title.notes'),
      items: notes.length > 0 ? notes : [words.say('notes.none')],
    },
    {
      kind: 'paragraph',
      text: words.say('verdict.line', { verdict: words.say(`verdict.${report.verdict}`) }),
    },
  ];
}
