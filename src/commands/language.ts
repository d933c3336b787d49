/** Who reads: which language to speak, and how this person starts the program. */
import { delimiter, dirname, relative } from 'node:path';
import type { Language, Reader } from '../base/text.ts';

/** The flag, else the locale, else English. */
export function languageOf(flag: string | undefined): Language {
  return flag === 'en' || flag === 'ko' ? flag : localeLanguage();
}

function localeLanguage(): Language {
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

/** What printed commands begin with, so that they work as they stand. */
function startedAs(): string {
  const { npm_command: npm, npm_lifecycle_event: script, PATH = '' } = process.env;
  if (npm === 'exec' || script !== undefined) return 'npx rtcompare';
  const [, program = ''] = process.argv;
  if (PATH.split(delimiter).includes(dirname(program))) return 'rtcompare';
  return program.includes('node_modules') ? 'npx rtcompare' : `node ${relative('', program)}`;
}

export function readerOf(flag: string | undefined): Reader {
  const language = languageOf(flag);
  return {
    language,
    command: { start: startedAs(), end: language === localeLanguage() ? '' : ` --lang ${language}` },
  };
}
