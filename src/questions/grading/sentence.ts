/** A sentence that holds for a server or does not: what it says, what it is worth, how it is found out, what to do about it. */
import type { Text } from '../../base/text.ts';
import type { Ground } from './ground.ts';

export interface Sentence {
  /** Stays what it is in every report and every language. */
  readonly id: string;
  readonly text: Text;
  readonly points: number;
  /** Where to look when it does not hold. */
  readonly hint: Text;
  /** What was seen instead; null where it holds. */
  readonly check: (ground: Ground) => Promise<Text | null>;
}

export const sentence = (
  id: string,
  points: number,
  words: Text,
  hint: Text,
  check: Sentence['check'],
): Sentence => ({ id, points, text: words, hint, check });
