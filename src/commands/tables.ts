/** `rtcompare tables`: the documents' two tables, every row filled by what is measured here, each with its verdict. */
import { Command } from 'commander';
import { say, text } from '../base/text.ts';
import type { ProbeName } from '../probes/index.ts';
import { mayColour } from './colour.ts';
import type { Context } from './context.ts';
import { checkFolder, writeWhole } from './files.ts';
import { readerOf } from './language.ts';
import { createProgress } from './progress.ts';
import { option } from './values.ts';
import { widthOf } from './width.ts';

const examples = `
Examples:
  rtcompare tables
  rtcompare tables --report html         a page to project, and to print on one sheet of A3
  rtcompare tables --table B --lang ko
`;

export interface TablesOptions {
  table?: 'A' | 'B';
  report?: 'html';
  out?: string;
  json?: boolean;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
  color?: boolean;
  quiet?: boolean;
}

const phrases = {
  takes: text('measuring both tables takes about {seconds} s', '두 표를 측정하는 데 {seconds}초쯤 걸립니다'),
  stage: text(
    '[{index}/{total}] {name} (about {seconds} s left)',
    '[{index}/{total}] {name} (약 {seconds}초 남음)',
  ),
  written: text('written: {file}', '저장한 파일: {file}'),
} as const;

export const tablesCommand = (context: Context): Command =>
  [
    option('--table <A|B>', 'only this table').choices(['A', 'B']),
    option('--report <format>', 'write a page to project and to print, too').choices(['html']),
    option('--out <dir>', 'write the page there').default('.', 'this folder'),
    option('--json', 'print one JSON document'),
    option('--lang <language>', 'language of the tables').choices(['en', 'ko']),
    option('--wide', 'tables wider than 80 columns'),
    option('--ascii', 'no box-drawing characters'),
    option('--color', 'verdicts in colour, also into a pipe'),
    option('--no-color', 'no colour, also on a terminal'),
    option('--quiet', 'no progress'),
  ]
    .reduce(
      (built, added) => built.addOption(added),
      new Command('tables')
        .description('fill the documents’ tables A and B by measuring, with a verdict for each row')
        .addHelpText('before', examples),
    )
    .action(async (options: TablesOptions) => context.done(await showTables(options, context)));

/** What only these rows quote and takes long: memory of connections, a chat. `rtcompare claims` has them. */
const left: readonly string[] = ['memory', 'chat'];

/** Exit 0 whatever the verdicts are: they are findings about the documents, not about this run. */
async function showTables(options: TablesOptions, { signal }: Context): Promise<number> {
  if (options.report) checkFolder(options.out ?? '.');
  const { tableA, tableB } = await import('../claims/index.ts');
  const { gather } = await import('../evidence/gather.ts');
  const { readEnvironment } = await import('../environment.ts');
  const reader = readerOf(options.lang);
  const chosen = [...tableA, ...tableB].filter(
    ({ table }) => options.table === undefined || table === options.table,
  );
  const needs = [...new Set(chosen.flatMap(({ judgement }) => judgement.needs))].filter(
    (one) => !left.includes(one),
  );
  const progress = createProgress(process.stderr, options.quiet === true);
  const startedAt = new Date().toISOString();
  const { evidence } = await gather(needs as ProbeName[], {
    quick: true,
    signal,
    onStage: ({ index, total, name, leftMs }) => {
      const seconds = String(Math.ceil(leftMs / 1000));
      if (index === 0 && !options.quiet) process.stderr.write(`${say(reader, phrases.takes, { seconds })}\n`);
      progress.show(
        say(reader, phrases.stage, { index: String(index + 1), total: String(total), name, seconds }),
      );
    },
  }).finally(() => progress.end());
  await tell({ evidence, environment: readEnvironment(), startedAt, only: options.table }, options);
  return 0;
}

async function tell(
  filled: import('../report/tables-sheet.ts').FilledTables,
  options: TablesOptions,
): Promise<void> {
  const { sheetBlocks, tablesSheet } = await import('../report/tables-sheet.ts');
  const { renderBlocks } = await import('../report/terminal.ts');
  const { wordsOf } = await import('../report/words.ts');
  const reader = readerOf(options.lang);
  const words = wordsOf(reader);
  const told = tablesSheet(filled, words, options.wide === true);
  process.stdout.write(
    options.json
      ? `${JSON.stringify(told.sheet, null, 2)}\n`
      : renderBlocks(sheetBlocks(told, words), {
          width: widthOf(options.wide),
          ascii: options.ascii === true,
          colour: mayColour(options.color, process.stdout),
        }),
  );
  if (!options.report) return;
  const { tablesPage } = await import('../report/html/tables-page.ts');
  const page = wordsOf({ ...reader, command: { start: 'npx rtcompare', end: '' } });
  const file = `${options.out ?? '.'}/tables.html`;
  writeWhole(file, tablesPage(tablesSheet(filled, page, true).sheet, page));
  process.stderr.write(`${say(reader, phrases.written, { file })}\n`);
}
