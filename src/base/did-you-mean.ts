/** Suggests what the user probably meant to type: the nearest known word, if one is near. */

import { UsageError } from './failure.ts';
import { inEveryLanguage, type Phrase, type Text, text } from './text.ts';

type Known = string | { readonly name: string; readonly aliases?: readonly string[] };

/** The error for an unknown word. @param complaint names the word: `no law "{word}"` */
export function unknownWord(complaint: Phrase<'word'>, word: string, known: readonly Known[]): UsageError {
  const names = known.map((one) => (typeof one === 'string' ? one : one.name));
  const aliases = known.flatMap((one) => (typeof one === 'string' ? [] : (one.aliases ?? [])));
  return new UsageError(
    inEveryLanguage(text('{complaint}{hint} Known: {names}', '{complaint}{hint} 쓸 수 있는 이름: {names}'), {
      complaint: inEveryLanguage(complaint, { word }),
      hint: didYouMean(word, [...names, ...aliases]),
      names: names.join(', '),
    }),
  );
}

/** Ends a complaint with the nearest known word, when one is near. */
export function didYouMean(word: string, known: readonly string[]): Text {
  const candidate = nearest(word, known);
  return candidate === undefined
    ? text('.', '.')
    : inEveryLanguage(text('; did you mean {candidate}?', '. 혹시 {candidate}입니까?'), { candidate });
}

/** The known word that the user may have meant; undefined if none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const found = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return found && found.distance <= Math.max(1, word.length / 3) ? found.candidate : undefined;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitute));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
