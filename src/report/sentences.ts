/** What a run comes down to, in a few sentences a scenario. A sweep has its own: see `growth.ts`. */

import type { Report } from '../document/report.ts';
import { typicalTrials } from '../questions/claims/evidence.ts';
import { type Group, groupsOf } from './groups.ts';
import { overDistanceSentence } from './over-distance.ts';
import { tellingOf } from './tellings/index.ts';
import type { Words } from './words.ts';

function ofGroup(group: Group, words: Words): string[] {
  const chosen = typicalTrials(group.chosen.map(({ trial }) => trial));
  const references = typicalTrials(group.references.map(({ trial }) => trial));
  return chosen.length === 0 ? [] : tellingOf(group).sentences(chosen, references, words);
}

/** As few as fit a screen: of an echo only what it costs, where an event tells the times as well. */
export function fewSentences(report: Pick<Report, 'plan' | 'trials'>, words: Words): string[] {
  const all = sentences(report, words);
  const scenarios = groupsOf(report).map(({ scenario }) => scenario);
  return scenarios[0] === 'echo' && scenarios[1] === 'push' ? [...all.slice(0, 1), ...all.slice(2)] : all;
}

export function sentences(report: Pick<Report, 'plan' | 'trials'>, words: Words): string[] {
  const groups = groupsOf(report).filter(({ axes }) => axes.length === 0);
  const typical = groups.flatMap(({ chosen }) => typicalTrials(chosen.map(({ trial }) => trial)));
  return [...groups.flatMap((group) => ofGroup(group, words)), ...overDistanceSentence(typical, words)];
}
