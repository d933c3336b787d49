/** What stands out in an inspection, as sentences. */

import { own } from '../base/lookup.ts';
import { type Phrase, say, text } from '../base/text.ts';
import type { Hint } from '../document/inspection.ts';
import { bytes, count, share } from './units.ts';
import type { Words } from './words.ts';

/** By kind; the others are still in the catalogues. */
export const hintPhrases: Readonly<Record<string, Phrase<string>>> = {
  'upgrade-stripped': text(
    'an upgrade to WebSocket was asked for and answered 400 or 426, as if it had not been ({stripped} of {asked}): something on the way strips the fields Upgrade and Connection',
    'WebSocket 업그레이드를 요청했지만 요청하지 않은 것처럼 400이나 426으로 응답했습니다({asked}번 중 {stripped}번). 중간에서 무언가가 Upgrade와 Connection 필드를 지웁니다',
  ),
  'upgrade-refused': text(
    'an upgrade to WebSocket was asked for and refused ({refused} of {asked}): an error or a page came instead; see the requests',
    'WebSocket 업그레이드를 요청했지만 거절되었습니다({asked}번 중 {refused}번). 그 대신 오류나 페이지가 왔습니다. 요청 표를 보십시오',
  ),
};

/** Figures by what they are called in the hint. */
const shown = (name: string, value: number): string =>
  name === 'share' ? share(value) : name === 'bytes' ? bytes(value) : count(value);

export function hintText({ kind, values }: Hint, words: Words): string {
  const worded = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, shown(name, value)]),
  );
  const phrase = own(hintPhrases, kind);
  return phrase ? say(words, phrase, worded) : (words.find(`hint.${kind}`, worded) ?? kind);
}
