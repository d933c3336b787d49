/** `rtcompare report FILE`: shows a finished run, ours or Artillery's with our engine, in any format, from its JSON. */
import type { Command } from 'commander';
import { text } from '../base/text.ts';
import { readTold } from './files/documents.ts';
import { reportOption, writeFormats, writeLoadFormats } from './files/report-files.ts';
import { type AboutCommand, argument, type Context, command } from './help/about.ts';
import { purposes } from './help/purposes.ts';
import { languageOf, readerOf } from './options/language.ts';
import { outNeedsReport } from './options/partners.ts';
import { asciiOption, langOption, option, verboseOption, wideOption } from './options/values.ts';
import { looksOf } from './screen/width.ts';

const about = {
  purpose: purposes.report,
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
        'a report that `rtcompare run --json` or `rtcompare run --out` has written, or `artillery run --output` with our engine',
        '`rtcompare run --json`이나 `rtcompare run --out`, 또는 우리 엔진을 쓴 `artillery run --output`이 쓴 보고서',
      ),
    ),
  ).action(async (file: string, options: Options, made: Command) => {
    outNeedsReport(made, options.report);
    const told = await readTold(file);
    const { report: formats, out } = options;
    if (formats === undefined) process.stdout.write(await inTerminal(told, options));
    else if ('load' in told) await writeLoadFormats(told.load, formats, out, languageOf(options.lang));
    else await writeFormats(told.report, formats, out, languageOf(options.lang));
    done(0);
  });

async function inTerminal(told: Awaited<ReturnType<typeof readTold>>, options: Options): Promise<string> {
  const reader = readerOf(options.lang);
  const looks = looksOf(options);
  if ('report' in told) {
    const { renderTerminal } = await import('../report/views/run/run-terminal.ts');
    return renderTerminal(told.report, { ...reader, ...looks });
  }
  const { loadBlocks } = await import('../report/views/load/load-blocks.ts');
  const { renderBlocks } = await import('../report/skins/terminal.ts');
  const { width = 80, ascii = false, colour = false } = looks;
  return renderBlocks(loadBlocks(told.load, reader), { width, ascii, colour });
}
