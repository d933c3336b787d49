/** A rule that gives a sentence for some units and null for the others. */
import type { Text } from '../../base/text.ts';
import { line } from '../../protocols/explanation.ts';
import type { Unit } from '../../protocols/unit.ts';

export type SentenceRule = (unit: Unit) => Text | null;

export const when = (test: (unit: Unit) => boolean, en: string, ko: string): SentenceRule => {
  const text = line(en, ko);
  return (unit) => (test(unit) ? text : null);
};
