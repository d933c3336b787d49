/** Thresholds of an inspection: a line for each rule, with what was counted. They are judged elsewhere. */
import { inEveryLanguage, type Reader, say, type Text, text } from '../../../base/text.ts';
import type { InspectionOutcome } from '../../../document/inspection.ts';
import type { Block } from '../../blocks/block.ts';
import { exact } from '../../blocks/quantities.ts';
import { thresholdsTitle } from '../../blocks/titles.ts';

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
  reader: Reader,
): Block[] =>
  outcomes && outcomes.length > 0
    ? [
        {
          kind: 'list',
          title: say(reader, thresholdsTitle),
          items: outcomes.map((one) => say(reader, thresholdText(one))),
        },
      ]
    : [];
