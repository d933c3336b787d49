/** The summary of a run in a few sentences for each scenario. A sweep has its own: see `growth.ts`. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import { typicalTrials } from '../../../questions/claims/evidence.ts';
import { tellingOf } from '../scenarios/index.ts';
import { overDistanceSentence } from './distance-sentence.ts';
import { type Group, groupsOf } from './groups.ts';
import { carriageNames, speakerNames } from './sweep-axes.ts';

const titles = {
  plain: text('In short', '요약'),
  over: text('In short, over {over}', '요약({over})'),
  by: text('In short, of {by}', '요약({by})'),
  both: text('In short, of {by} over {over}', '요약({by}, {over})'),
};

/**
 * Sentences compare transports under the same conditions; if a run has several protocols or kinds of clients, the title
 * names the ones compared.
 */
export function sentencesTitle({ trials }: Pick<Report, 'trials'>, reader: Reader): string {
  const [first] = trials;
  if (!first) return say(reader, titles.plain);
  const over = trials.some((one) => one.over !== first.over) && carriageNames[first.over];
  const by = trials.some((one) => one.spokenBy !== first.spokenBy) && speakerNames[first.spokenBy ?? 'node'];
  if (over && by) return say(reader, titles.both, { over, by });
  if (over) return say(reader, titles.over, { over });
  return by ? say(reader, titles.by, { by }) : say(reader, titles.plain);
}

function ofGroup(group: Group, reader: Reader): string[] {
  const chosen = typicalTrials(group.chosen.map(({ trial }) => trial));
  const references = typicalTrials(group.references.map(({ trial }) => trial));
  return chosen.length === 0 ? [] : tellingOf(group).sentences(chosen, references, reader);
}

/**
 * As few as fit on a screen: if a push follows an echo, the times of the echo are left out, because the push has times,
 * too.
 */
export function fewSentences(report: Pick<Report, 'plan' | 'trials'>, reader: Reader): string[] {
  const all = sentences(report, reader);
  const scenarios = groupsOf(report).map(({ scenario }) => scenario);
  return scenarios[0] === 'echo' && scenarios[1] === 'push' ? [...all.slice(0, 1), ...all.slice(2)] : all;
}

export function sentences(report: Pick<Report, 'plan' | 'trials'>, reader: Reader): string[] {
  const groups = groupsOf(report).filter(({ axes }) => axes.length === 0);
  const typical = groups.flatMap(({ chosen }) => typicalTrials(chosen.map(({ trial }) => trial)));
  return [...groups.flatMap((group) => ofGroup(group, reader)), ...overDistanceSentence(typical, reader)];
}
