/** `rtcompare report FILE`: tells a finished run again, in any format, from its JSON. */
import { Command } from 'commander';
import type { Report } from '../metrics/report.ts';
import type { Context } from './context.ts';
import { readReport } from './documents.ts';
import { languageOf, readerOf } from './language.ts';
import { outNeedsReport } from './partners.ts';
import { reportOption, writeFormats } from './report-files.ts';
import { option } from './values.ts';
import { looksOf, verboseOption, wideOption } from './width.ts';

const examples = `
Examples:
  rtcompare report reports/latest.json                               the tables again
  rtcompare report reports/latest.json --report html,csv --out site  other formats, as files
`;

interface Options {
  report?: string;
  out: string;
  lang?: string;
  verbose?: boolean;
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
    .addOption(verboseOption())
    .addOption(wideOption())
    .addOption(option('--ascii', 'no box-drawing characters'))
    .addHelpText('before', examples)
    .action(async (file: string, options: Options, command: Command) => {
      outNeedsReport(command, options.report);
      const report = await readReport(file);
      if (options.report === undefined) await print(report, options);
      else await writeFormats(report, options.report, options.out, languageOf(options.lang));
      done(0);
    });

async function print(report: Report, options: Options): Promise<void> {
  const { renderTerminal } = await import('../report/terminal.ts');
  process.stdout.write(renderTerminal(report, { ...readerOf(options.lang), ...looksOf(options) }));
}
