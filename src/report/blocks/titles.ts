/**
 * Titles that views, files and annotations share. They are not in the views, because commands use them before they load
 * a view.
 */
import { text } from '../../base/text.ts';

export const claimsTitle = text('The documents on trial', '문서의 설명, 측정으로 확인하기');

export const thresholdsTitle = text('Thresholds', '임계값');

/** Used in a list of findings and in an annotation. */
export const comparisonTexts = {
  heavier: text('Heavier than the baseline', '기준보다 전송 바이트가 늘어난 것'),
  lighter: text('Lighter than the baseline', '기준보다 전송 바이트가 줄어든 것'),
  slower: text('Slower than the baseline', '기준보다 느려진 것'),
  missing: text('{name} is in the baseline, not any more', '{name}: 기준에 있었으나 없어짐'),
};
