/** Reports as files: read and checked, and written in the formats that somebody chose. For every command that has some. */
import { inEveryLanguage, say, text } from '../base/text.ts';
import { unknownWord } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import type { Report } from '../metrics/report.ts';
import type { Format } from '../report/formats.ts';
import { checkFolder, readText, unreadable, writeWhole, wrote } from './files.ts';
import { option } from './values.ts';

export const reportOption = () =>
  option(
    '--report <formats>',
    text(
      'formats to write, with commas: json,md,html,csv,junit,benchmark',
      '쓸 형식, 쉼표로 구분: json,md,html,csv,junit,benchmark',
    ),
  );

/** A report from its file. Throws `UsageError` with what is wrong with it. */
export const readReport = (path: string): Promise<Report> => reportOf(readText(path), path);

/** @param path names it in errors. */
export async function reportOf(json: string, path: string): Promise<Report> {
  const { reportSchema } = await import('../metrics/report.ts');
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw new UsageError(inEveryLanguage(unreadable, { path, reason: (error as Error).message }));
  }
  const parsed = reportSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError(
    inEveryLanguage(
      text('{path} is no report: {where}: {problem}', '{path}은(는) 보고서가 아닙니다: {where}: {problem}'),
      {
        path,
        where: issue?.path.join('.') || text('the document', '문서 전체'),
        problem: issue?.message ?? '',
      },
    ),
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
    process.stderr.write(`rtcompare: ${say({ language }, wrote, { path })}\n`);
  }
}
