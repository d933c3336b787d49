/** `rtcompare report FILE`: tells a finished run again, in any format, from its JSON. */
import { Command } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import type { Report } from '../metrics/report.ts';
import type { Format } from '../report/formats.ts';
import type { Context } from './context.ts';
import { checkFolder, readText, writeWhole } from './files.ts';
import { languageOf } from './language.ts';
import { outNeedsReport } from './partners.ts';
import { option } from './values.ts';
import { widthOf } from './width.ts';

const examples = `
Examples:
  rtcompare report reports/latest.json                               the tables again
  rtcompare report reports/latest.json --report html,csv --out site  other formats, as files
`;

interface Options {
  report?: string;
  out: string;
  lang?: string;
  wide?: boolean;
  ascii?: boolean;
}

export const reportCommand = ({ done }: Context): Command =>
  new Command('report')
    .description('tell a finished run again, from its JSON: tables, HTML, Markdown, CSV, JUnit')
    .argument('<file>', 'a report that `run --json` or `run --out` has written')
    .addOption(reportOption())
    .addOption(option('--out <dir>', 'where the files go').default('.'))
    .addOption(option('--lang <language>', 'language of the tables').choices(['en', 'ko']))
    .addOption(option('--wide', 'tables wider than 80 columns'))
    .addOption(option('--ascii', 'no box-drawing characters'))
    .addHelpText('before', examples)
    .action(async (file: string, options: Options, command: Command) => {
      outNeedsReport(command, options.report);
      const report = await readReport(file);
      if (options.report === undefined) await print(report, options);
      else await writeFormats(report, options.report, options.out, languageOf(options.lang));
      done(0);
    });

export const reportOption = () =>
  option('--report <formats>', 'formats to write, with commas: json,md,html,csv,junit,benchmark');

/** A report from its file. Throws `UsageError` with what is wrong with it. */
export const readReport = (path: string): Promise<Report> => reportOf(readText(path), path);

/** @param path names it in errors. */
export async function reportOf(text: string, path: string): Promise<Report> {
  const { reportSchema } = await import('../metrics/report.ts');
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`);
  }
  const parsed = reportSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(`${path} is no report: ${issue?.path.join('.') || 'the document'}: ${issue?.message}`);
}

async function print(report: Report, options: Options): Promise<void> {
  const { renderTerminal } = await import('../report/terminal.ts');
  const width = widthOf(options.wide);
  process.stdout.write(
    renderTerminal(report, { language: languageOf(options.lang), width, ascii: options.ascii === true }),
  );
}

/** The formats of a list such as `html,csv`. Throws `UsageError` with the nearest known name. */
export async function formatsOf(list: string): Promise<Format[]> {
  const { formats } = await import('../report/formats.ts');
  return chosenFormats(list, formats);
}

export function chosenFormats<Named extends { readonly name: string }>(
  list: string,
  formats: readonly Named[],
): Named[] {
  const known = formats.map(({ name }) => name);
  return list.split(',').map((word) => {
    const found = formats.find(({ name }) => name === word.trim());
    if (found) return found;
    throw new UsageError(
      `--report: unknown format "${word}"${didYouMean(word, known)} Known: ${known.join(', ')}`,
    );
  });
}

/** Writes `rtcompare-report.ENDING` for each format. */
export async function writeFormats(
  report: Report,
  list: string,
  folder: string,
  language: 'en' | 'ko',
): Promise<void> {
  const chosen = await formatsOf(list);
  checkFolder(folder);
  for (const { ending, render } of chosen) {
    const path = `${folder}/rtcompare-report.${ending}`;
    writeWhole(path, render(report, { language }));
    process.stderr.write(`rtcompare: wrote ${path}\n`);
  }
}
