/** What somebody probably meant to type: the nearest known word, when one is near. */
import { UsageError } from './failure.ts';

type Known = string | { readonly name: string; readonly aliases?: readonly string[] };

/** The mistake of a word that is none of those known. @param complaint what comes before the word: `no law` */
export function unknownWord(complaint: string, word: string, known: readonly Known[]): UsageError {
  const names = known.map((one) => (typeof one === 'string' ? one : one.name));
  const aliases = known.flatMap((one) => (typeof one === 'string' ? [] : (one.aliases ?? [])));
  return new UsageError(
    `${complaint} "${word}"${didYouMean(word, [...names, ...aliases])} Known: ${names.join(', ')}`,
  );
}

/** Ends a complaint with the nearest known word, when one is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return nearest && nearest.distance <= Math.max(1, word.length / 3)
    ? `; did you mean ${nearest.candidate}?`
    : '.';
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
