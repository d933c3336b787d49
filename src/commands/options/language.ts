/** About the user: their language, and how they start the program. */

import { isWindows, systemLocale } from '../../base/platform.ts';
import { type Language, languages, type Reader } from '../../base/text.ts';
import { startOf } from '../started/started.ts';

const known = (word: string | undefined): Language | undefined => languages.find((one) => one === word);

/** The flag, wherever it stands on the line, else the environment, else the locale, else English. */
export const languageOf = (flag?: string): Language =>
  known(flag) ?? known(typedLanguage(process.argv.slice(2))) ?? usualLanguage();

/** Found before commander reads the options, so that complaints about them are in the right language. */
export function typedLanguage(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const ours = end < 0 ? args : args.slice(0, end);
  const at = ours.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  return at < 0 ? undefined : (ours[at]?.split('=')[1] ?? ours[at + 1]);
}

/** The user's language without `--lang`: from the environment or the locale. */
function usualLanguage(): Language {
  const { RTCOMPARE_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env;
  const locale = LC_ALL || LC_MESSAGES || LANG || systemLocale();
  return known(RTCOMPARE_LANG) ?? (locale.toLowerCase().startsWith('ko') ? 'ko' : 'en');
}

export function readerOf(flag?: string): Reader {
  const language = languageOf(flag);
  const start = startOf({
    program: process.argv[1] ?? '',
    folder: process.cwd(),
    env: process.env,
    windows: isWindows(),
  });
  return { language, command: { start, end: language === usualLanguage() ? '' : ` --lang ${language}` } };
}
