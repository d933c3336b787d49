/** Reports as files, in the formats that the user chose. For every command that writes reports. */

import { unknownWord } from '../../base/did-you-mean.ts';
import { type Reader, say, text } from '../../base/text.ts';
import type { LoadReport } from '../../document/load-report.ts';
import type { Report } from '../../document/report.ts';
import type { Format } from '../../report/views/run/run-formats.ts';
import { option } from '../options/values.ts';
import { checkFolder, writeWhole, wrote } from './writing.ts';

export const reportOption = () =>
  option(
    '--report <formats>',
    text(
      'formats to write, with commas: json,md,html,csv,junit,benchmark',
      '쓸 형식, 쉼표로 구분: json,md,html,csv,junit,benchmark',
    ),
  );

/** The formats of a list such as `html,csv`. Throws `UsageError` with the nearest known name. */
export async function formatsOf(list: string): Promise<Format[]> {
  const { formats } = await import('../../report/views/run/run-formats.ts');
  return chosenFormats(list, formats);
}

export function chosenFormats<Named extends { readonly name: string }>(
  list: string,
  formats: readonly Named[],
): Named[] {
  return list.split(',').map((word) => {
    const found = formats.find(({ name }) => name === word.trim());
    if (found) return found;
    throw unknownWord(
      text('--report: unknown format "{word}"', '--report: "{word}"라는 형식은 없습니다'),
      word,
      formats,
    );
  });
}

/** Writes `NAME.ENDING` for each format, and says so. */
export function writeEach<Content>(
  formats: readonly {
    readonly ending: string;
    readonly render: (content: Content, reader: Reader) => string;
  }[],
  content: Content,
  name: string,
  reader: Reader,
): void {
  for (const { ending, render } of formats) {
    const path = `${name}.${ending}`;
    writeWhole(path, render(content, reader));
    process.stderr.write(`rtcompare: ${say(reader, wrote, { path })}\n`);
  }
}

/** The same for a run of Artillery. */
export async function writeLoadFormats(
  load: LoadReport,
  list: string,
  folder: string,
  language: 'en' | 'ko',
): Promise<void> {
  const { loadFormats } = await import('../../report/views/load/load-formats.ts');
  const chosen = chosenFormats(list, loadFormats);
  checkFolder(folder);
  writeEach(chosen, load, `${folder}/rtcompare-report`, { language });
}

/** Writes `rtcompare-report.ENDING` for each format of the list. */
export async function writeFormats(
  report: Report,
  list: string,
  folder: string,
  language: 'en' | 'ko',
): Promise<void> {
  const chosen = await formatsOf(list);
  checkFolder(folder);
  writeEach(chosen, report, `${folder}/rtcompare-report`, { language });
}
