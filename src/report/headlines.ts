/** What a hurried reader must know first: what could not connect, trials that do not count, thresholds that were not met, laws that do not fit. */

import type { Report } from '../document/report.ts';
import { isMet } from '../gate/thresholds.ts';
import { predictionText } from './predictions-table.ts';
import { thresholdText } from './thresholds.ts';
import { unconnectedLines } from './unconnected.ts';
import type { Words } from './words.ts';

export function headlines(report: Report, words: Words): string[] {
  const { trials, thresholds } = report;
  const invalid = trials.filter(({ verdict }) => verdict === 'invalid');
  return [
    ...unconnectedLines(report, words),
    ...invalid.map(({ transport, scenario }) => words.say('headline.invalid', { transport, scenario })),
    ...thresholds.filter((outcome) => !isMet(outcome)).map((outcome) => thresholdText(outcome, words)),
    ...trials.flatMap(({ transport, scenario, verdict: counts, predictions }) =>
      predictions
        .filter(({ verdict }) => counts !== 'invalid' && verdict === 'differs')
        .map((prediction) =>
          words.say('headline.law', { transport, scenario, ...predictionText(prediction, words) }),
        ),
    ),
  ];
}
