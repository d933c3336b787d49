/** The skin of GitHub Markdown: the same blocks, with everything escaped that Markdown or HTML would interpret. */
import { type Block, type Cell, type Chart, linesOf, type Table } from '../blocks/block.ts';
import { escapeControls } from './escape.ts';
import { drawChart, keyOf } from './text-chart.ts';

const breakHere = /\u200b/g;

/** Backslash first: otherwise Markdown would take the backslashes of escaped control characters for its own. */
const escaped = (text: string): string =>
  escapeControls(text)
    .replace(breakHere, '')
    .replace(/[\\`*_~|[\]]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

const cell = (value: Cell): string => linesOf(value).map(escaped).join('<br>');
const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function markdownTable(table: Table): string {
  const rule = table.align.map((align) => (align === 'right' ? '---:' : '---'));
  return [
    `### ${escaped(table.title)}`,
    '',
    line(table.head.map(cell)),
    line(rule),
    ...table.rows.map((row) => line(row.map(cell))),
    // Markdown has no rule inside a table: references stand in italics instead.
    ...(table.references ?? []).map((row) => line(row.map((value) => emphasised(cell(value))))),
    ...table.notes.flatMap((note) => ['', escaped(note)]),
  ].join('\n');
}

const emphasised = (text: string): string => (text === '' ? '' : `*${text}*`);

/** In a code fence names need no escaping, but a line that would close the fence does. */
const fenced = (lines: readonly string[]): string =>
  ['```text', ...lines.map((text) => escapeControls(text).replaceAll('`', "'")), '```'].join('\n');

const chartText = (chart: Chart): string =>
  [
    fenced(drawChart(chart, { width: 80, ascii: false })),
    '',
    escaped([...keyOf(chart), chart.shared].join(', ')),
  ].join('\n');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `## ${escaped(block.text)}`;
    case 'paragraph':
      return block.strong ? `**${escaped(block.text)}**` : escaped(block.text);
    case 'list':
      return [`### ${escaped(block.title)}`, '', ...block.items.map((item) => `- ${escaped(item)}`)].join(
        '\n',
      );
    case 'table':
      return markdownTable(block.table);
    case 'chart':
      return chartText(block.chart);
  }
}

export const markdownBlocks = (blocks: readonly Block[]): string => `${blocks.map(blockText).join('\n\n')}\n`;

/** Blocks that most readers of a pull request skip, folded behind a line to click on. */
export const folded = (summary: string, blocks: readonly Block[]): string =>
  `<details>\n<summary>${escaped(summary)}</summary>\n\n${markdownBlocks(blocks)}\n</details>\n`;
