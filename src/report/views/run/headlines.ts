/**
 * What a hurried reader must know first: what could not connect, trials that do not count, thresholds that were not
 * met, laws that do not fit.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import { isMet } from '../../../gate/thresholds.ts';
import { predictionText } from './predictions-table.ts';
import { thresholdText } from './thresholds-table.ts';
import { unconnectedLines } from './unconnected.ts';

export const headlinesTitle = text('Findings', '발견한 점');

const phrases = {
  invalid: text(
    '{scenario} over {transport} is invalid and must not be used',
    '무효이므로 쓰지 말아야 할 측정: {transport}의 {scenario}',
  ),
  law: text(
    '{scenario} over {transport} differs from law {law}, {metric}: predicted {predicted}, measured {measured}',
    '법칙과 다름({law}): {transport}의 {scenario}, {metric}: 예측 {predicted}, 측정 {measured}',
  ),
};

export function headlines(report: Report, reader: Reader): string[] {
  const { trials, thresholds } = report;
  const invalid = trials.filter(({ verdict }) => verdict === 'invalid');
  return [
    ...unconnectedLines(report, reader),
    ...invalid.map(({ transport, scenario }) => say(reader, phrases.invalid, { transport, scenario })),
    ...thresholds.filter((outcome) => !isMet(outcome)).map((outcome) => thresholdText(outcome, reader)),
    ...trials.flatMap(({ transport, scenario, verdict: counts, predictions }) =>
      predictions
        .filter(({ verdict }) => counts !== 'invalid' && verdict === 'differs')
        .map((prediction) =>
          say(reader, phrases.law, { transport, scenario, ...predictionText(prediction, reader) }),
        ),
    ),
  ];
}
