/** After a cut: when each lane was back, what it has lost, and the loss that law OUT predicts. */

import { text } from '../../../base/text.ts';
import { type LaneName, laneNames, type RaceState } from '../control-talk.ts';
import { bodyOf, element, rowHead, setText, tableOf } from '../element.ts';
import { laneSign } from '../legend.ts';
import { number, tell } from '../page-reader.ts';
import { predictedLosses } from '../predictions.ts';
import type { Race } from '../race-part.ts';
import { laneHead } from '../words.ts';
import type { RacePart } from './view.ts';

const told = {
  title: text('Who lost what?', '누가 무엇을 잃었을까요?'),
  back: text('Back after', '다시 연결'),
  lost: text('Lost', '손실'),
  lawHead: text('Law OUT', '법칙 OUT'),
  notYet: text('not yet', '아직'),
  afterHeal: text('{seconds} s after healing', '복구 {seconds}초 뒤'),
  away: text('the link was cut for {seconds} s', '링크가 {seconds}초 동안 끊겼습니다'),
  law: text(
    'Law OUT: a mailbox with a cursor loses nothing; who only pushes loses what was said until the lane was subscribed again.',
    '법칙 OUT: 커서가 있는 우편함은 하나도 잃지 않습니다. 보내기만 하는 방식은 다시 구독할 때까지 보낸 이벤트를 잃습니다.',
  ),
} as const;

/** Shown, but empty, from the start of a race, so that nothing on the page moves at the cut. */
export function createCutReport(): RacePart {
  const away = element('small');
  const heading = element('h2', {}, element('span', { phrase: told.title }), ' ', away);
  const rows = laneNames.map((lane) => {
    const [back, lost, predicted] = [element('td'), element('td', { class: 'lost' }), element('td')];
    const named = { attributes: { 'data-lane': lane } };
    const row = element('tr', named, rowHead({}, ...laneSign(lane)), back, lost, predicted);
    return { lane, back, lost, predicted, row };
  });
  const heads = [laneHead, told.back, told.lost, told.lawHead];
  const table = tableOf({}, heads, bodyOf(rows.map(({ row }) => row)));
  const law = element('p', { class: 'note', phrase: told.law });
  const root = element('section', { class: 'cut-report' }, heading, table, law);
  return {
    root,
    show({ state, race }) {
      const { cut, phase } = state;
      root.hidden = phase === 'voting';
      setText(away, cut ? tell(told.away, { seconds: number(awayMs(cut, race) / 1000, 1) }) : '');
      for (const { lane, back, lost, predicted } of rows) {
        const losses = predictedLosses(lane, state, race.tracks()[lane].backMs());
        setText(back, cut ? backText(lane, state, race) : '–');
        setText(lost, cut ? number(lostIn(lane, state, race)) : '–');
        setText(predicted, losses === null ? '–' : number(losses, 1));
      }
    },
  };
}

/** How long the link was cut, or has been so far. */
const awayMs = ({ atMs, healedMs }: NonNullable<RaceState['cut']>, race: Race): number =>
  Math.max(0, (healedMs ?? race.nowMs() ?? atMs) - atMs);

function backText(lane: LaneName, { cut }: RaceState, race: Race): string {
  const backMs = race.tracks()[lane].backMs();
  if (!cut || cut.healedMs === null || backMs === null) return tell(told.notYet);
  return tell(told.afterHeal, { seconds: number(Math.max(0, backMs - cut.healedMs) / 1000, 1) });
}

/** Events due since shortly before the cut that will never come in this lane. */
function lostIn(lane: LaneName, { cut, settings }: RaceState, race: Race): number {
  if (!cut) return 0;
  const from = cut.atMs - settings.rttMs;
  const due = race.due();
  return [...race.tracks()[lane].lost].filter((n) => (due.get(n) ?? 0) >= from).length;
}
