/** What the laws predict before anything is measured: the figures of a run's predictions, in the same words. */
import { admissible, type Foreseen, lawTable, metricText } from './predictions-table.ts';
import type { Block } from './table.ts';
import type { Words } from './words.ts';

interface ForeseenHere extends Foreseen {
  readonly transport: string;
  readonly scenario: string;
}

/** Each value of a sweep keeps a row of its own, where it makes a difference. */
export function foreseenBlock(foreseen: readonly ForeseenHere[], words: Words): Block {
  if (foreseen.length === 0) return { kind: 'paragraph', text: words.say('foreseen.nothing') };
  const all = foreseen.map((one) => ({ ...one, predictions: [one] as const }));
  const table = lawTable(
    all,
    ({ predictions: [one] }) => [one.law, metricText(one, words), admissible(one, words)],
    words,
  );
  return {
    kind: 'table',
    table: { ...table, title: words.say('title.foreseen'), notes: [words.say('foreseen.next')] },
  };
}
