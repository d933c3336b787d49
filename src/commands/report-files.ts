/** Reports as files: read and checked, and written in the formats that somebody chose. For every command that has some. */
import { unknownWord } from '../did-you-mean.ts';
import { UsageError } from '../failure.ts';
import type { Report } from '../metrics/report.ts';
import type { Format } from '../report/formats.ts';
import { checkFolder, readText, writeWhole } from './files.ts';
import { option } from './values.ts';

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
    throw unknownWord('--report: unknown format', word, formats);
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
