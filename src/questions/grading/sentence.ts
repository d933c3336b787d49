/** A sentence about a server that holds or does not: its text, its points, its check, and a hint. */
import type { Text } from '../../base/text.ts';
import type { Ground } from './ground.ts';

export interface Sentence {
  /** Never changes, in any report or language. */
  readonly id: string;
  readonly text: Text;
  readonly points: number;
  /** Where to look if it does not hold. */
  readonly hint: Text;
  /** What was seen instead; null if it holds. */
  readonly check: (ground: Ground) => Promise<Text | null>;
}

export const sentence = (
  id: string,
  points: number,
  words: Text,
  hint: Text,
  check: Sentence['check'],
): Sentence => ({ id, points, text: words, hint, check });
