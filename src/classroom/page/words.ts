/** The page's language: which one, its words, its numbers, and how the teacher starts the program. */

import type { Language } from '../../base/text.ts';
import { type Phrase, type Reader, say } from '../../base/text.ts';
import { english } from './words-en.ts';
import { korean } from './words-ko.ts';

export type WordKey = keyof typeof english;
export type Values = Readonly<Record<string, string>>;

export const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = {
  en: english,
  ko: korean,
};

let language: Language = 'en';
/** The page begins in the language of whoever started it, and the command fits that one. */
let command: { readonly in: Language; readonly start: string; readonly end: string } | null = null;

export const languageNow = (): Language => language;

export function setLanguage(next: Language): void {
  language = next;
}

/** What a command begins and ends with at the machine of whoever started this page. */
export function setCommand(given: { readonly start: string; readonly end: string }): void {
  command ??= { in: language, ...given };
}

function reader(): Reader {
  if (!command) return { language };
  const { start, end } = command;
  return { language, command: { start, end: language === command.in ? end : ` --lang ${language}` } };
}

/** A sentence that stands beside the view that says it. */
export const tell = <Names extends string>(
  phrase: Phrase<Names>,
  ...values: [Names] extends [never] ? [] : [Readonly<Record<Names, string>>]
): string => say(reader(), phrase, ...values);

/** One pass, so that a value that looks like a placeholder stays what it is. */
export const word = (key: WordKey, values: Values = {}): string =>
  catalogues[language][key].replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);

/** `HTTP 1,234, payload 64`: who owns how many bytes. */
export const layersText = (layers: Readonly<Record<string, number>>): string =>
  Object.entries(layers)
    .filter(([, bytes]) => bytes > 0)
    .map(([layer, bytes]) => `${word(`layer.${layer}` as WordKey)} ${number(bytes)}`)
    .join(', ');

export const number = (value: number, digits = 0): string =>
  value.toLocaleString(language, { maximumFractionDigits: digits });

/** Milliseconds with three figures at most: nobody reads more from the last row. */
export const milliseconds = (value: number | null): string =>
  value === null ? '–' : number(value, value < 10 ? 1 : 0);
