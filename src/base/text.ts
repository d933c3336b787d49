/**
 * A sentence in every language of the product, and how it is put together. Both languages stand side by side, next to
 * the view that uses them. The compiler refuses a text whose languages differ in their placeholders, and a call that
 * leaves one out.
 */

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** The same sentence in every language, with the same `{placeholders}`. */
export type Text = Readonly<Record<Language, string>>;

/** The person who reads the output: the language, and how this person starts the program. */
export interface Reader {
  readonly language: Language;
  /** `npx rtcompare` and ` --lang ko`: what a printed command begins and ends with. Without it: `rtcompare`. */
  readonly command?: { readonly start: string; readonly end: string };
}

/** For text in a file, which may be read at another machine, where `npx rtcompare` works and a local path does not. */
export const readerOfFiles = (language: Language): Reader => ({
  language,
  command: { start: 'npx rtcompare', end: language === 'en' ? '' : ` --lang ${language}` },
});

type PlaceholdersOf<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersOf<Rest>
  : never;

/** The Korean sentence if it has the placeholders of the English one, else `never`. */
type Matching<English extends string, Korean extends string> = [PlaceholdersOf<English>] extends [
  PlaceholdersOf<Korean>,
]
  ? [PlaceholdersOf<Korean>] extends [PlaceholdersOf<English>]
    ? Korean
    : never
  : never;

declare const placeholders: unique symbol;

/** A text whose placeholders the compiler knows. */
export interface Phrase<Names extends string = never> extends Text {
  readonly [placeholders]?: Names;
}

export const text = <const English extends string, const Korean extends string>(
  en: English,
  ko: Korean & Matching<English, Korean>,
): Phrase<PlaceholdersOf<English>> => ({ en, ko });

/** What a call of `say` takes besides a phrase: nothing if the phrase has no placeholders. */
export type Values<Names extends string, Value> = [Names] extends [never]
  ? []
  : [Readonly<Record<Names, Value>>];

/** Fills in one pass, so a value that looks like a placeholder stays what it is. */
export const fill = (sentence: string, values: Readonly<Record<string, string>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);

/** Our options go before `--`: what follows is the command line of another program, which would get `--lang ko`. */
export function startedAs(
  { start, end }: { readonly start: string; readonly end: string },
  rest: string,
): string {
  const own = rest.search(/ -- /);
  return own < 0 ? `${start}${rest}${end}` : `${start}${rest.slice(0, own)}${end}${rest.slice(own)}`;
}

/** Commands in a sentence stand in backticks; each becomes the line that the reader can type. */
export const asTyped = ({ command }: Reader, sentence: string): string =>
  command === undefined
    ? sentence
    : sentence.replace(/`rtcompare( [^`]*)?`/g, (_, rest = '') => `\`${startedAs(command, rest)}\``);

export const say = <Names extends string = never>(
  reader: Reader,
  phrase: Phrase<Names>,
  ...values: Values<Names, string>
): string => fill(asTyped(reader, phrase[reader.language]), values[0]);

/** The sentence in every language: for a failure, which does not know who will read it. */
export function inEveryLanguage<Names extends string = never>(
  phrase: Phrase<Names>,
  ...values: Values<Names, string | Text>
): Text {
  const given: [string, string | Text][] = Object.entries(values[0] ?? {});
  const filled = (language: Language) =>
    fill(
      phrase[language],
      Object.fromEntries(
        given.map(([name, value]) => [name, typeof value === 'string' ? value : value[language]]),
      ),
    );
  return { en: filled('en'), ko: filled('ko') };
}

/** Several of them, one after the other. */
export function listed(parts: readonly (string | Text)[], separator: string | Text = '; '): Text {
  const of = (part: string | Text, language: Language) => (typeof part === 'string' ? part : part[language]);
  const joined = (language: Language) =>
    parts.map((part) => of(part, language)).join(of(separator, language));
  return { en: joined('en'), ko: joined('ko') };
}
