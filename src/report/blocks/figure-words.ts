/** What is said in the place of a figure, or between two of them. */
import { text } from '../../base/text.ts';

export const noFigure = {
  tooFew: text('too few', '표본 부족'),
  none: text('-', '-'),
  notMeasured: text('not measured in this run', '이번 실행에서 측정하지 않음'),
};

/** The lowest and the highest of several. */
export const range = text('{from} to {to}', '{from} ~ {to}');
