/** The words for the verdicts on claims, and the tone of each. */
import { type Phrase, text } from '../../../base/text.ts';
import type { Decision } from '../../../questions/claims/judgement.ts';
import type { Tone } from '../../blocks/block.ts';

/** `unmeasured` if there is no ruling: something that the rule reads was not measured. */
type Outcome = Decision | 'unmeasured';

export const verdictWords: Readonly<Record<Outcome, Phrase>> = {
  confirmed: text('confirmed', '맞음'),
  refined: text('refined', '조건부로 맞음'),
  contradicted: text('contradicted', '측정과 다름'),
  opinion: text('opinion', '의견'),
  withheld: text('withheld (noisy)', '보류(잡음)'),
  unmeasured: text('no verdict', '판정 없음'),
};

export const verdictTones: Readonly<Record<Outcome, Tone>> = {
  confirmed: 'good',
  refined: 'mixed',
  contradicted: 'bad',
  opinion: 'plain',
  withheld: 'plain',
  unmeasured: 'plain',
};
