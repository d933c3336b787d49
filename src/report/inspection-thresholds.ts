/** Thresholds of an inspection, told: a line a rule, with what was counted. Judged elsewhere. */
import { inEveryLanguage, type Text, text } from '../base/text.ts';
import type { InspectionOutcome } from '../document/inspection.ts';
import type { Block } from './table.ts';
import { exact } from './units.ts';
import type { Words } from './words.ts';

const verdicts = {
  met: text('{rule}: met, {measured}', '{rule}: 지킴, {measured}'),
  missed: text('{rule}: MISSED, {measured}', '{rule}: 어김, {measured}'),
};

const measuredText = ({ measured, unit }: InspectionOutcome): string =>
  unit === 'B' ? `${exact(measured)} B` : exact(measured);

export const thresholdText = (outcome: InspectionOutcome): Text =>
  inEveryLanguage(verdicts[outcome.verdict], { rule: outcome.rule, measured: measuredText(outcome) });

export const inspectionThresholdBlocks = (
  outcomes: readonly InspectionOutcome[] | undefined,
  words: Words,
): Block[] =>
  outcomes && outcomes.length > 0
    ? [
        {
          kind: 'list',
          title: words.say('title.thresholds'),
          items: outcomes.map((one) => words.tell(thresholdText(one))),
        },
      ]
    : [];
