/**
 * Looks words up and fills their placeholders. The English entry types the call: a forgotten placeholder does
 * not compile. Filling is one pass, so a value that looks like a placeholder stays what it is.
 */

import { own } from '../base/lookup.ts';
import { asTyped, fill, type Language, type Reader, type Text } from '../base/text.ts';
import { english } from './words-en.ts';
import { korean } from './words-ko.ts';

type English = typeof english;
export type WordKey = keyof English;

type Placeholders<Phrase extends string> = Phrase extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Values<Key extends WordKey> = [Placeholders<English[Key]>] extends [never]
  ? []
  : [Readonly<Record<Placeholders<English[Key]>, string>>];

export interface Words extends Reader {
  readonly say: <Key extends WordKey>(key: Key, ...values: Values<Key>) => string;
  /** For keys that come out of a report: null when the catalogue does not know them. */
  readonly find: (key: string, values?: Readonly<Record<string, string>>) => string | null;
  /** A claim's own text. */
  readonly tell: (text: Text, values?: Readonly<Record<string, string>>) => string;
}

export const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = {
  en: english,
  ko: korean,
};

/** Whoever reads a file sits at another machine: `npx rtcompare` works wherever the program can be had. */
const readerOfFiles = (language: Language): Reader => ({
  language,
  command: { start: 'npx rtcompare', end: language === 'en' ? '' : ` --lang ${language}` },
});

/** @param reader a language alone where a file is written. */
export function wordsOf(reader: Language | Reader): Words {
  const person = typeof reader === 'string' ? readerOfFiles(reader) : reader;
  const { language } = person;
  const catalogue: Readonly<Record<string, string>> = catalogues[language];
  const find = (key: string, values?: Readonly<Record<string, string>>): string | null => {
    const phrase = own(catalogue, key);
    return phrase === undefined ? null : fill(asTyped(person, phrase), values);
  };
  return {
    ...person,
    say: (key, ...values) => fill(asTyped(person, catalogues[language][key]), values[0]),
    find,
    tell: (text, values) => fill(asTyped(person, text[language]), values),
  };
}
