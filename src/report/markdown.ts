/** The skin of GitHub Markdown: the same blocks, with everything Markdown or HTML would obey escaped. */
import { readerOfFiles, say, text } from '../base/text.ts';
import { escapeControls } from './escape.ts';
import { drawChart, keyOf } from './growth-chart.ts';
import { headlines, headlinesTitle } from './headlines.ts';
import { parts } from './outline.ts';
import type { Skin, SkinOptions } from './skin.ts';
import { type Block, type Cell, type Chart, linesOf, type Table } from './table.ts';

const phrases = {
  nothing: text('none: every law that applies holds', '없음: 적용되는 법칙이 모두 맞음'),
  rest: text('Whose bytes, the documents’ tables, the laws, notes', '계층별 바이트, 문서의 표, 법칙, 참고'),
};

const breakHere = /\u200b/g;

/** Backslash first: what escaping control characters adds must not be eaten by Markdown. */
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

/** Names in a fence are text already, but a line that closes the fence is not. */
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

/** What most readers of a pull request skip, behind a line to click on. */
const folded = (summary: string, blocks: readonly Block[]): string =>
  `<details>\n<summary>${escaped(summary)}</summary>\n\n${markdownBlocks(blocks)}\n</details>\n`;

/** Findings first: it is read in a job summary or a pull request, by somebody who has another question. */
export const renderMarkdown = ((report, { language }) => {
  const reader = readerOfFiles(language);
  const of = parts(report, reader, true);
  const found = headlines(report, reader);
  const first: Block[] = [
    ...of.caption,
    ...of.verdict.map((block) => ({ ...block, strong: true })),
    {
      kind: 'list',
      title: say(reader, headlinesTitle),
      items: found.length > 0 ? found : [say(reader, phrases.nothing)],
    },
    ...[...of.thresholds, ...of.said, ...of.measured],
  ];
  const rest = [...of.layers, ...of.documents, ...of.prose, ...of.predictions, ...of.notes];
  return `${markdownBlocks(first)}\n${folded(say(reader, phrases.rest), rest)}`;
}) satisfies Skin<SkinOptions>;
