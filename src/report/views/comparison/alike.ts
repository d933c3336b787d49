/** Says what changed between two runs without weighing more, and what two reports cannot show. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Alike } from '../../../gate/report-alike.ts';
import { noFigure } from '../../blocks/table-words.ts';

const phrases = {
  where: text('{name} ({scenarios})', '{name}({scenarios})'),
  setting: text('{name}: {after}, was {before}', '{name}: {before} → {after}'),
  exchange: text('{where}: {after}, was {before}', '{where}: {before} → {after}'),
  line: text('{where}: `{after}`, was `{before}`', '{where}: `{before}` → `{after}`'),
  frame: text('{where}: {after} frames, was {before}', '{where}: {before} → {after} 프레임'),
  order: text('{where}: order of headers: {after}, was {before}', '{where}: 헤더의 순서: {before} → {after}'),
} as const;
export const notSeen = text(
  'A report has the names of headers in lower case and what they weigh, not how they read: another value of the same length, or another case of a name, is not seen here, and their order only where all requests are alike. `rtcompare wire` shows them.',
  '보고서에는 헤더의 이름(소문자)과 크기만 있고 원문은 없습니다. 길이가 같은 다른 값이나 이름의 대소문자는 여기서 알 수 없고, 순서는 모든 요청이 같은 모양일 때만 비교합니다. `rtcompare wire`로 볼 수 있습니다.',
);

export function alikeText({ what, name, scenarios, before, after }: Alike, reader: Reader): string {
  const none = say(reader, noFigure.none);
  const change = { before: before ?? none, after: after ?? none };
  if (what === 'setting') return say(reader, phrases.setting, { name, ...change });
  const where = say(reader, phrases.where, { name, scenarios: scenarios.join(', ') });
  return say(reader, phrases[what], { where, ...change });
}
