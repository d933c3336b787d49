/** Who reads the page: in which language, how that writes numbers, and how the teacher starts the program. */
import { type Language, type Phrase, type Reader, say, text, type Values } from '../../base/text.ts';

/** On the button that changes the language: in the language that it leads to. */
export const otherLanguage = text('한국어', 'English');

let language: Language = 'en';
/** How the teacher starts the program. The site says it once, for the language that the page begins in. */
let command: { readonly in: Language; readonly start: string; readonly end: string } | null = null;

export const languageNow = (): Language => language;

export function setLanguage(next: Language): void {
  language = next;
}

/** The site tells the page what a printed command begins and ends with on the machine that the site runs on. */
export function setCommand(given: { readonly start: string; readonly end: string }): void {
  command ??= { in: language, ...given };
}

function reader(): Reader {
  if (!command) return { language };
  const { start, end } = command;
  return { language, command: { start, end: language === command.in ? end : ` --lang ${language}` } };
}

/** Says it in the language of the page. */
export const tell = <Names extends string = never>(
  phrase: Phrase<Names>,
  ...values: Values<Names, string>
): string => say(reader(), phrase, ...values);

export const number = (value: number, digits = 0): string =>
  value.toLocaleString(language, { maximumFractionDigits: digits });

/** Milliseconds with one decimal below 10 and none above: more digits cannot be read on a projector. */
export const milliseconds = (value: number | null): string =>
  value === null ? '–' : number(value, value < 10 ? 1 : 0);
