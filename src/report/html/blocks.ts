/** Blocks as HTML: tables whose heads are heads, lists, paragraphs. Wide tables scroll by themselves, by keyboard too. */
import { drawChart, keyOf } from '../growth-chart.ts';
import { type Block, type Cell, linesOf, type Table } from '../table.ts';
import { element, escaped, scrolling, textElement } from './element.ts';

const cell = (value: Cell): string => linesOf(value).map(escaped).join('<br>');

function row(cells: readonly Cell[], align: Table['align']): string {
  const [first = '', ...others] = cells;
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, cell(first)),
    ...others.map((value, index) => element('td', { class: align[index + 1] }, cell(value))),
  );
}

function table({ title, notes, head, align, rows, references, shape }: Table): string {
  const heads = head.map((label, index) => element('th', { scope: 'col', class: align[index] }, cell(label)));
  const body = (part: readonly (readonly Cell[])[], kind: string | undefined) =>
    part.length > 0 ? element('tbody', { class: kind }, ...part.map((cells) => row(cells, align))) : '';
  return [
    textElement('h2', {}, title),
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

/** A sentence; what is to be typed stands between backticks, as in every other form. */
const sentence = (name: 'p' | 'li', className: string | undefined, text: string): string =>
  element(name, { class: className }, escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>'));

export function htmlBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return textElement('h1', {}, block.text);
    case 'paragraph':
      return sentence('p', block.strong ? 'strong' : undefined, block.text);
    case 'list':
      return [
        textElement('h2', {}, block.title),
        element('ul', {}, ...block.items.map((item) => sentence('li', undefined, item))),
      ].join('\n');
    case 'table':
      return table(block.table);
    case 'chart': {
      const lines = drawChart(block.chart, { width: 80, ascii: false });
      return (
        element('pre', {}, escaped(lines.join('\u0000')).replaceAll('\\x00', '\n')) +
        sentence('p', 'note', [...keyOf(block.chart), block.chart.shared].join(', '))
      );
    }
  }
}
