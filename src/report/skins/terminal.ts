/**
 * The skin of a terminal: no colour, no escape codes, no line wider than requested. A Korean character counts two
 * columns.
 */

import type { Block } from '../blocks/block.ts';
import { escapeControls, plainCharacters } from './escape.ts';
import { type TerminalTableOptions, terminalTable } from './terminal-table.ts';
import { drawChart, keyOf } from './text-chart.ts';
import { displayWidth, wrap } from './wrap.ts';

function blockText(block: Block, options: TerminalTableOptions): string {
  const clean = (text: string): string =>
    options.ascii ? plainCharacters(escapeControls(text)) : escapeControls(text);
  switch (block.kind) {
    case 'heading': {
      const lines = wrap(clean(block.text), options.width);
      const rule = (options.ascii ? '=' : '═').repeat(Math.max(...lines.map(displayWidth)));
      return [...lines, rule].join('\n');
    }
    case 'paragraph':
      return wrap(
        clean(block.strong ? `*** ${block.text}` : block.text),
        options.width,
        block.strong ? 4 : 0,
      ).join('\n');
    case 'list':
      return [
        ...wrap(clean(block.title), options.width),
        ...block.items.flatMap((item) => wrap(`- ${clean(item)}`, options.width, 2)),
      ].join('\n');
    case 'table':
      return terminalTable(block.table, options);
    case 'chart': {
      const key = [...keyOf(block.chart), block.chart.shared].join('  ');
      return [...drawChart(block.chart, options).map(clean), ...wrap(clean(key), options.width)].join('\n');
    }
  }
}

/** Lays blocks out, one below the other. */
export function renderBlocks(blocks: readonly Block[], options: TerminalTableOptions): string {
  const text = blocks.map((block, index) => {
    const before = blocks[index - 1]?.kind;
    const gap = index === 0 ? '' : close(before, block.kind) ? '\n' : '\n\n';
    return gap + blockText(block, options);
  });
  return `${text.join('')}\n`;
}

/** The caption's paragraphs belong together: no blank lines between them. */
const close = (before: Block['kind'] | undefined, now: Block['kind']): boolean =>
  now === 'paragraph' && (before === 'heading' || before === 'paragraph');
