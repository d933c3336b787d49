/** `rtcompare report FILE`: tells a finished run again, in any format, from its JSON. */
import type { Command } from 'commander';
import { text } from '../base/text.ts';
import type { Report } from '../document/report.ts';
import { readReport } from './files/documents.ts';
import { reportOption, writeFormats } from './files/report-files.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { languageOf, readerOf } from './options/language.ts';
import { outNeedsReport } from './options/partners.ts';
import { asciiOption, langOption, option, verboseOption, wideOption } from './options/values.ts';
import { looksOf } from './screen/width.ts';

const about = {
  purpose: text(
    'tell a finished run again, from its JSON: tables, HTML, Markdown, CSV, JUnit',
    '끝난 측정을 그 JSON으로 다시 보여 줍니다: 표, HTML, Markdown, CSV, JUnit',
  ),
  examples: [
    ['rtcompare report reports/latest.json', text('the tables again', '표를 다시')],
    [
      'rtcompare report reports/latest.json --report html,csv --out site',
      text('other formats, as files', '다른 형식의 파일로'),
    ],
  ],
} satisfies AboutCommand;

interface Options {
  report?: string;
  out: string;
  lang?: string;
  verbose?: boolean;
  wide?: boolean;
  ascii?: boolean;
}

export const reportCommand = ({ done }: Context): Command =>
  command(
    'report',
    about,
    [
      reportOption(),
      option('--out <dir>', text('where the files go', '파일을 둘 폴더')).default('.'),
      langOption(text('language of the tables', '표의 언어')),
      verboseOption(),
      wideOption(),
      asciiOption(),
    ],
    argument(
      '<file>',
      text(
        'a report that `rtcompare run --json` or `rtcompare run --out` has written',
        '`rtcompare run --json`이나 `rtcompare run --out`이 쓴 보고서',
      ),
    ),
  ).action(async (file: string, options: Options, made: Command) => {
    outNeedsReport(made, options.report);
    const report = await readReport(file);
    if (options.report === undefined) await print(report, options);
    else await writeFormats(report, options.report, options.out, languageOf(options.lang));
    done(0);
  });

async function print(report: Report, options: Options): Promise<void> {
  const { renderTerminal } = await import('../report/views/run/run-terminal.ts');
  process.stdout.write(renderTerminal(report, { ...readerOf(options.lang), ...looksOf(options) }));
}
