/**
 * Two live charts: a point for each event that arrived, by its age, and the bytes so far, a line for each lane. Their
 * legends show the mark of each lane, and how many events are drawn.
 */

import { text } from '../../../base/text.ts';
import { type LaneCounts, type LaneName, laneNames, type RaceState } from '../control-talk.ts';
import { element, setText } from '../element.ts';
import { legend } from '../legend.ts';
import { number, tell } from '../page-reader.ts';
import type { Race } from '../race-part.ts';
import { laneTitles } from '../words.ts';
import { createLiveChart, type Row } from './live-chart.ts';

const minutes = 3;
const shownMs = minutes * 60_000;

const titles = {
  ages: text(
    'Age of each event, ms (logarithmic), last {minutes} minutes',
    '이벤트마다의 지연, ms (로그 눈금), 최근 {minutes}분',
  ),
  bytes: text(
    'Bytes so far (logarithmic), last {minutes} minutes',
    '지금까지의 바이트 (로그 눈금), 최근 {minutes}분',
  ),
  points: text('{lane}: {count}', '{lane}: {count}개'),
} as const;

export function createCharts() {
  const counted = new Map(laneNames.map((lane) => [lane, element('span')]));
  const named = (lane: LaneName) => element('span', { phrase: laneTitles[lane] });
  const ages = createLiveChart({
    title: () => tell(titles.ages, { minutes: String(minutes) }),
    key: legend(false, (lane) => counted.get(lane) ?? named(lane)),
    isLine: false,
    marked(lane, count) {
      const node = counted.get(lane);
      if (node) setText(node, tell(titles.points, { lane: tell(laneTitles[lane]), count: number(count) }));
    },
  });
  const bytes = createLiveChart({
    title: () => tell(titles.bytes, { minutes: String(minutes) }),
    key: legend(true, named),
    isLine: true,
  });
  let soFar: Row[] = [];
  let startMs: number | null = null;
  let shown: Pick<RaceState, 'number' | 'phase'> | null = null;
  return {
    root: element('div', { class: 'charts', attributes: { 'aria-hidden': 'true' } }, ages.root, bytes.root),
    /** Draws anew after colours, language or size have changed. */
    renew() {
      ages.renew();
      bytes.renew();
    },
    /** Empties the charts when a new race begins: a slider begins one, a vote or a cut does not. */
    show(state: RaceState) {
      const isNew = state.number !== shown?.number || (state.phase === 'voting' && shown.phase !== 'voting');
      shown = state;
      if (!isNew) return;
      soFar = [];
      startMs = null;
      ages.show([]);
      bytes.show([]);
    },
    /** Bytes so far, at this moment of the site's clock. */
    count(counts: LaneCounts, nowMs: number) {
      startMs ??= nowMs;
      const second = (nowMs - startMs) / 1000;
      const row: Row = [second, ...laneNames.map((lane) => bytesOf(counts, lane))];
      soFar = [...soFar, row].filter(([at]) => at > second - shownMs / 1000);
    },
    /** Draws what has come since. */
    draw(race: Race) {
      if (startMs === null) return;
      ages.show(agesOf(race, startMs));
      bytes.show(soFar);
    },
  };
}

/** A logarithmic scale has no zero. */
const bytesOf = (counts: LaneCounts, name: LaneName) => counts[name].up + counts[name].down || null;

/** Twenty events a second for as long as is shown, and those that wait after an outage. */
const mostShown = 20 * 60 * minutes + 400;

/** Every arrival is a point of its own, however many came at once. */
function agesOf(race: Race, startMs: number): Row[] {
  const tracks = race.tracks();
  const all = laneNames.flatMap((name, column) =>
    tracks[name].arrivals
      .slice(-mostShown)
      .map(({ atMs, dueMs }) => ({ column, atMs, ageMs: Math.max(0.1, atMs - dueMs) })),
  );
  const sorted = all.toSorted((a, b) => a.atMs - b.atMs);
  const newestMs = sorted.at(-1)?.atMs ?? 0;
  return sorted
    .filter(({ atMs }) => atMs > newestMs - shownMs)
    .map(({ column, atMs, ageMs }) => [
      (atMs - startMs) / 1000,
      ...laneNames.map((_, other) => (other === column ? ageMs : null)),
    ]);
}
