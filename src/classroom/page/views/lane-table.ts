/** The lanes: for each its strip, the age of its events, measured and predicted, and what it has cost so far. */

import { text } from '../../../base/text.ts';
import { type LaneCounts, type LaneName, laneNames } from '../control-talk.ts';
import { bodyOf, element, rowHead, say, scrolled, setText, tableOf } from '../element.ts';
import { laneSign } from '../legend.ts';
import { milliseconds, number, tell } from '../page-reader.ts';
import { lawOf, predictedAgeMs } from '../predictions.ts';
import { timesOf } from '../quantile.ts';
import type { Race } from '../race-part.ts';
import { laneHead, laneStates } from '../words.ts';
import { drawStrip, seconds, stripLegend } from './strip.ts';
import type { RaceMoment } from './view.ts';

export const figureHeads = {
  p50: text('Age p50', '지연 p50'),
  p95: text('Age p95', '지연 p95'),
  mean: text('Mean', '평균 지연'),
  law: text('Law says', '법칙의 예측'),
  requests: text('Requests', '요청'),
  connections: text('Connections', '연결'),
  bytes: text('Bytes', '바이트'),
  empty: text('Empty polls', '빈 폴링'),
  events: text('Events', '이벤트'),
  lost: text('Lost', '손실'),
};

const texts = {
  title: text('Five lanes, the same events', '다섯 레인, 같은 이벤트'),
  strip: text('The last {seconds} seconds', '최근 {seconds}초'),
  elsewhere: text('in another tab', '다른 탭에서'),
};

type Figure = keyof typeof figureHeads;
const figures = Object.keys(figureHeads) as Figure[];

export function createLaneTable() {
  const rows = new Map(laneNames.map((lane) => [lane, rowOf(lane)]));
  const heads = figures.map((name) =>
    element('th', { phrase: figureHeads[name], attributes: { scope: 'col', 'data-figure': name } }),
  );
  const strip = element('th', {
    class: 'strip',
    phrase: () => tell(texts.strip, { seconds: String(seconds) }),
    attributes: { scope: 'col' },
  });
  const body = bodyOf([...rows.values()].map(({ row }) => row));
  const table = tableOf({ class: 'lanes' }, [laneHead, strip, ...heads], body);
  return {
    root: element('div', {}, scrolled({ label: texts.title }, table), stripLegend()),
    show({ race, counts, isFront }: RaceMoment) {
      for (const [lane, { state, cells }] of rows) {
        const track = race.tracks()[lane];
        say(state, isFront ? laneStates[track.state()] : texts.elsewhere);
        state.dataset.state = track.state();
        const shown = textsOf(lane, race, counts);
        for (const [name, cell] of cells) setText(cell, shown[name]);
      }
    },
    draw(race: Race, nowMs: number) {
      for (const [lane, { canvas }] of rows) drawStrip(canvas, lane, race, nowMs);
    },
  };
}

function rowOf(lane: LaneName) {
  const state = element('small', { class: 'state' });
  const canvas = element('canvas', { attributes: { 'aria-hidden': 'true' } });
  const cells = new Map(
    figures.map((name) => [name, element('td', { attributes: { 'data-figure': name } })]),
  );
  const row = element(
    'tr',
    { attributes: { 'data-lane': lane } },
    rowHead({}, element('span', {}, ...laneSign(lane)), state),
    element('td', { class: 'strip' }, canvas),
    ...cells.values(),
  );
  return { row, state, canvas, cells };
}

function textsOf(lane: LaneName, race: Race, counts: LaneCounts | null): Record<Figure, string> {
  const track = race.tracks()[lane];
  const { count, mean, p50, p95 } = timesOf(track.ages());
  const state = race.state();
  const spent = counts?.[lane];
  const law = state ? `${milliseconds(predictedAgeMs(lane, state.settings))} (${lawOf[lane]})` : '–';
  return {
    p50: milliseconds(p50),
    p95: milliseconds(p95),
    mean: milliseconds(mean),
    law,
    requests: number(spent?.requests ?? 0),
    connections: number(spent?.connections ?? 0),
    bytes: number((spent?.up ?? 0) + (spent?.down ?? 0)),
    empty: spent && spent.polls > 0 ? `${number(spent.emptyPolls)} / ${number(spent.polls)}` : '–',
    events: number(count),
    lost: number(track.lost.size),
  };
}
