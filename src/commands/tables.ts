/**
 * `rtcompare tables`: the documents' two tables, every row filled with what is measured here, each with its verdict.
 */

import type { Command } from 'commander';
import { say, text } from '../base/text.ts';
import type { ProbeName } from '../questions/probes/index.ts';
import { checkFolder, writeWhole } from './files/writing.ts';
import { type AboutCommand, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { readerOf } from './options/language.ts';
import { documentsOverOption, parseOver } from './options/over-option.ts';
import { outNeedsReport } from './options/partners.ts';
import {
  asciiOption,
  jsonOption,
  langOption,
  option,
  quietOption,
  retryNoisyOption,
  wideOption,
} from './options/values.ts';
import { mayColour } from './screen/colour.ts';
import { print } from './screen/print.ts';
import { createPlannedProgress } from './screen/progress.ts';

const about = {
  purpose: purposes.tables,
  examples: [
    [
      'rtcompare tables --report html',
      text('a page to project, and to print on one sheet of A3', '화면에 띄우고 A3 한 장에 인쇄할 페이지'),
    ],
    ['rtcompare tables --table B --lang ko'],
  ],
} satisfies AboutCommand;

export interface TablesOptions {
  table?: 'A' | 'B';
  retryNoisy: number;
  over: string;
  report?: 'html';
  out?: string;
  json?: boolean;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  color?: boolean;
  quiet?: boolean;
}

const written = text('written: {file}', '저장한 파일: {file}');

export const tablesCommand = (context: Context): Command =>
  command('tables', about, [
    option('--table <A|B>', text('only this table', '이 표만')).choices(['A', 'B']),
    option(
      '--report <format>',
      text('write a page to project and to print, too', '화면에 띄우고 인쇄할 페이지도 저장'),
    ).choices(['html']),
    option('--out <dir>', text('where the page goes', '페이지를 둘 폴더')).default('.'),
    jsonOption(text('print the tables as one JSON document', '표를 JSON 문서 하나로 출력')),
    langOption(text('language of the tables', '표의 언어')),
    retryNoisyOption(),
    documentsOverOption(),
    wideOption(),
    asciiOption(),
    option('--color', text('verdicts in colour, also into a pipe', '파이프에서도 판정에 색을 씀')),
    option('--no-color', text('no colour, also on a terminal', '터미널에서도 색 없이')),
    quietOption(),
  ]).action(async (options: TablesOptions, made: Command) => {
    outNeedsReport(made, options.report);
    context.done(await showTables(options, context));
  });

/** Experiments left out: they take long and few rows quote them. `rtcompare claims` runs them. */
const left: readonly string[] = ['memory', 'chat'];

/** Exit 0 whatever the verdicts are: they are findings about the documents, not about this run. */
async function showTables(options: TablesOptions, { signal }: Context): Promise<number> {
  const overs = parseOver(options.over);
  if (options.report) checkFolder(options.out ?? '.');
  const { tableA, tableB } = await import('../questions/claims/index.ts');
  const { gather } = await import('../questions/evidence/gather.ts');
  const { readEnvironment } = await import('../trial/environment.ts');
  const reader = readerOf(options.lang);
  const chosen = [...tableA, ...tableB].filter(
    ({ table }) => options.table === undefined || table === options.table,
  );
  const needs = [...new Set(chosen.flatMap(({ judgement }) => judgement.needs))].filter(
    (one) => !left.includes(one),
  );
  const progress = createPlannedProgress(process.stderr, options.quiet === true, reader);
  const startedAt = new Date().toISOString();
  const { carriages } = await gather(needs as ProbeName[], {
    overs,
    quick: true,
    again: options.retryNoisy,
    signal,
    onStage: (now) => progress.stage(now),
  }).finally(() => progress.end());
  await tell({ carriages, environment: readEnvironment(), startedAt, only: options.table }, options);
  return 0;
}

async function tell(
  filled: import('../report/views/documents/tables-sheet.ts').FilledTables,
  options: TablesOptions,
): Promise<void> {
  const { sheetBlocks } = await import('../report/views/documents/sheet-blocks.ts');
  const { tablesSheet } = await import('../report/views/documents/tables-sheet.ts');
  const reader = readerOf(options.lang);
  const told = tablesSheet(filled, reader, options.wide === true);
  await print(
    { ...options, colour: mayColour(options.color, process.stdout) },
    () => told.sheet,
    () => sheetBlocks(told, reader, options.wide === true),
  );
  if (!options.report) return;
  const { tablesPage } = await import('../report/views/documents/tables-page.ts');
  const page = { ...reader, command: { start: 'npx rtcompare', end: '' } };
  const file = `${options.out ?? '.'}/tables.html`;
  writeWhole(file, tablesPage(tablesSheet(filled, page, true).sheet, page));
  process.stderr.write(`${say(reader, written, { file })}\n`);
}
