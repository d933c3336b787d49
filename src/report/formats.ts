/** The registry of formats a report can be written in: a name, the ending of its file, and the skin that makes it. */
import { renderBenchmark } from './benchmark-json.ts';
import { renderCsv } from './csv.ts';
import { renderHtml } from './html/index.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import type { Skin } from './skin.ts';

export interface Format {
  readonly name: string;
  readonly ending: string;
  readonly render: Skin;
}

export const formats: readonly Format[] = [
  { name: 'json', ending: 'json', render: (report) => `${JSON.stringify(report, null, 2)}\n` },
  { name: 'md', ending: 'md', render: renderMarkdown },
  { name: 'html', ending: 'html', render: renderHtml },
  { name: 'csv', ending: 'csv', render: renderCsv },
  { name: 'junit', ending: 'junit.xml', render: renderJunit },
  { name: 'benchmark', ending: 'benchmark.json', render: renderBenchmark },
];
