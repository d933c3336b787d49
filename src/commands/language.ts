/** Which language to speak: the flag, else the locale, else English. */
import type { Language } from '../claims/claim.ts';

export function languageOf(flag: string | undefined): Language {
  if (flag === 'en' || flag === 'ko') return flag;
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
