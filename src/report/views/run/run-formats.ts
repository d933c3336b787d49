/** The registry of formats for a report: a name, the file extension, and the skin that makes it. */
import { renderBenchmark, renderCsv } from './figure-rows.ts';
import { renderJunit } from './run-junit.ts';
import { renderMarkdown } from './run-markdown.ts';
import { renderHtml } from './run-page.ts';
import type { RunSkin } from './run-skin.ts';

export interface Format {
  readonly name: string;
  readonly ending: string;
  readonly render: RunSkin;
}

export const formats: readonly Format[] = [
  { name: 'json', ending: 'json', render: (report) => `${JSON.stringify(report, null, 2)}\n` },
  { name: 'md', ending: 'md', render: renderMarkdown },
  { name: 'html', ending: 'html', render: renderHtml },
  { name: 'csv', ending: 'csv', render: renderCsv },
  { name: 'junit', ending: 'junit.xml', render: renderJunit },
  { name: 'benchmark', ending: 'benchmark.json', render: renderBenchmark },
];
