/** What a run comes down to, in a few sentences a scenario. A sweep has its own: see `growth.ts`. */
import { typicalTrials } from '../claims/evidence.ts';
import type { Report } from '../metrics/report.ts';
import { type Group, groupsOf } from './groups.ts';
import { tellingOf } from './tellings/index.ts';
import type { Words } from './words.ts';

function ofGroup(group: Group, words: Words): string[] {
  const chosen = typicalTrials(group.chosen.map(({ trial }) => trial));
  const references = typicalTrials(group.references.map(({ trial }) => trial));
  return chosen.length === 0 ? [] : tellingOf(group).sentences(chosen, references, words);
}

export const sentences = (report: Pick<Report, 'plan' | 'trials'>, words: Words): string[] =>
  groupsOf(report)
    .filter(({ axes }) => axes.length === 0)
    .flatMap((group) => ofGroup(group, words));
