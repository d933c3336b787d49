/** About the page's reader: the language, its number format, and how the teacher starts the program. */
import { type Language, type Phrase, type Reader, say, text, type Values } from '../../base/text.ts';

/** The button that changes the language is labelled in the other language. */
export const otherLanguage = text('한국어', 'English');

let language: Language = 'en';
/** How the teacher starts the program. The site sends it once, for the page's first language. */
let command: { readonly in: Language; readonly start: string; readonly end: string } | null = null;

export const languageNow = (): Language => language;

export function setLanguage(next: Language): void {
  language = next;
}

/** Takes how printed commands begin and end on the site's machine. Only the first call counts. */
export function setCommand(given: { readonly start: string; readonly end: string }): void {
  command ??= { in: language, ...given };
}

function reader(): Reader {
  if (!command) return { language };
  const { start, end } = command;
  return { language, command: { start, end: language === command.in ? end : ` --lang ${language}` } };
}

/** The phrase in the language of the page. */
export const tell = <Names extends string = never>(
  phrase: Phrase<Names>,
  ...values: Values<Names, string>
): string => say(reader(), phrase, ...values);

export const number = (value: number, digits = 0): string =>
  value.toLocaleString(language, { maximumFractionDigits: digits });

/** Milliseconds with one decimal below 10 and none above: more digits cannot be read on a projector. */
export const milliseconds = (value: number | null): string =>
  value === null ? '–' : number(value, value < 10 ? 1 : 0);
