/** What the laws predict before anything is measured: the figures of a run's predictions, in the same words. */
import { admissible, type Foreseen, haveSeveral, lawTable, metricText } from './predictions-table.ts';
import { type Swept, sweptAxes } from './sweep-axes.ts';
import type { Block } from './table.ts';
import type { Words } from './words.ts';

interface ForeseenHere extends Foreseen, Swept {
  readonly transport: string;
  readonly scenario: string;
}

/** @param scenarios those of the plan, also where no law speaks of them. */
export function foreseenBlock(
  foreseen: readonly ForeseenHere[],
  scenarios: readonly string[],
  words: Words,
): Block {
  if (foreseen.length === 0) return { kind: 'paragraph', text: words.say('foreseen.nothing') };
  const [axis] = scenarios.flatMap((name) => sweptAxes(foreseen.filter(({ scenario }) => scenario === name)));
  const all = foreseen.map((one) => ({
    ...{ ...one, predictions: [one] as const },
    ...(axis && { at: axis.text(axis.value(one)) }),
  }));
  const table = lawTable(
    all,
    ({ predictions: [one] }) => [one.law, metricText(one, words), admissible(one, words)],
    { scenario: haveSeveral(scenarios), swept: axis ? (words.find(axis.name) ?? axis.name) : null },
    words,
  );
  return {
    kind: 'table',
    table: { ...table, title: words.say('title.foreseen'), notes: [words.say('foreseen.next')] },
  };
}
