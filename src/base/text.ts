/**
 * A sentence in every language of the product, and how it is said. Both languages stand side by side, beside the view
 * that says them. The compiler refuses a text whose languages name other placeholders, and a call that leaves one out.
 */

export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** The same sentence in every language, with the same `{placeholders}`. */
export type Text = Readonly<Record<Language, string>>;

/** Who is spoken to: in which language, and how this person starts the program. */
export interface Reader {
  readonly language: Language;
  /** `npx rtcompare` and ` --lang ko`: what a printed command begins and ends with. Without it: `rtcompare`. */
  readonly command?: { readonly start: string; readonly end: string };
}

/** For text that is kept in a file: its reader may sit at another machine, where `npx rtcompare` works and a path of this one does not. */
export const readerOfFiles = (language: Language): Reader => ({
  language,
  command: { start: 'npx rtcompare', end: language === 'en' ? '' : ` --lang ${language}` },
});

type PlaceholdersOf<Sentence extends string> = Sentence extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholdersOf<Rest>
  : never;

/** The Korean sentence where it has the placeholders of the English one, else nothing that could be written. */
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

/** What a call of `say` has to give beside a phrase: nothing where it has no placeholders. */
export type Values<Names extends string, Value> = [Names] extends [never]
  ? []
  : [Readonly<Record<Names, Value>>];

/** Fills in one pass, so a value that looks like a placeholder stays what it is. */
export const fill = (sentence: string, values: Readonly<Record<string, string>> = {}): string =>
  sentence.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);

/** Our options go before `--`: what follows it is another program's command line, and would take `--lang ko` for its own. */
export function startedAs(
  { start, end }: { readonly start: string; readonly end: string },
  rest: string,
): string {
  const own = rest.search(/ -- /);
  return own < 0 ? `${start}${rest}${end}` : `${start}${rest.slice(0, own)}${end}${rest.slice(own)}`;
}

/** Commands in a sentence stand in backticks; each becomes the line that this person can type. */
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
