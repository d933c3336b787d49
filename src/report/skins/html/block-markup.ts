/**
 * Blocks as HTML: tables with real head cells, lists, paragraphs. Wide tables scroll by themselves, also by keyboard.
 * Titles of tables and lists are not written here: they are headings, and the page decides their level.
 */

import { type Block, type Cell, linesOf, type Table } from '../../blocks/block.ts';
import { drawChart, keyOf } from '../text-chart.ts';
import { coded, element, escaped, scrolling, textElement } from './markup.ts';

const cell = (value: Cell): string => linesOf(value).map(escaped).join('<br>');

/** In a narrow window a table of prose becomes cards: each cell then shows the head of its column. */
function row(cells: readonly Cell[], { align, head, shape }: Table): string {
  const [first = '', ...others] = cells;
  const headOf = (index: number) =>
    shape === 'prose'
      ? linesOf(head[index] ?? '')
          .join(' ')
          .replaceAll('\u200b', '')
      : undefined;
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, cell(first)),
    ...others.map((value, index) =>
      element('td', { class: align[index + 1], 'data-head': headOf(index + 1) }, cell(value)),
    ),
  );
}

function tableElement(table: Table): string {
  const { title, notes, head, align, rows, references, shape } = table;
  const heads = head.map((label, index) => element('th', { scope: 'col', class: align[index] }, cell(label)));
  const body = (part: readonly (readonly Cell[])[], kind: string | undefined) =>
    part.length > 0 ? element('tbody', { class: kind }, ...part.map((cells) => row(cells, table))) : '';
  return [
    scrolling(
      title,
      element(
        'table',
        { class: shape },
        element('thead', {}, element('tr', {}, ...heads)),
        body(rows, undefined),
        body(references ?? [], 'references'),
      ),
    ),
    ...notes.map((note) => sentence('p', 'note', note)),
  ].join('\n');
}

const sentence = (name: 'p' | 'li', className: string | undefined, text: string): string =>
  element(name, { class: className }, coded(text));

export const titleOf = (block: Block): string | null =>
  block.kind === 'table' ? block.table.title : block.kind === 'list' ? block.title : null;

export function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return textElement('h1', {}, block.text);
    case 'paragraph':
      return sentence('p', block.strong ? 'strong' : undefined, block.text);
    case 'list':
      return element('ul', {}, ...block.items.map((item) => sentence('li', undefined, item)));
    case 'table':
      return tableElement(block.table);
    case 'chart': {
      const lines = drawChart(block.chart, { width: 80, ascii: false });
      return (
        element('pre', {}, escaped(lines.join('\u0000')).replaceAll('\\x00', '\n')) +
        sentence('p', 'note', [...keyOf(block.chart), block.chart.shared].join(', '))
      );
    }
  }
}
