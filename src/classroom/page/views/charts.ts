/**
 * Two live charts (uPlot): a point for each event that arrived, by its age, and the bytes so far, a line a lane; both on
 * logarithmic scales. Their legends say which mark is whose, and how many events are drawn.
 */

import { text } from '../../../base/text.ts';
import { type LaneCounts, type LaneName, laneNames } from '../control-talk.ts';
import { element, setText, speak } from '../element.ts';
import { laneTitles } from '../lane-words.ts';
import { legend } from '../legend.ts';
import { marks } from '../marks.ts';
import { number, tell } from '../page-reader.ts';
import type { Race } from '../race-part.ts';

declare const uPlot: typeof import('uplot');
type Chart = InstanceType<typeof uPlot>;

export interface Charts {
  readonly root: HTMLElement;
  /** Bytes so far, at this moment of the site's clock. */
  count(counts: LaneCounts, nowMs: number): void;
  /** Draws what has come since. */
  draw(race: Race): void;
  clear(): void;
  /** Colours, words or the room have changed. */
  renew(): void;
}

/** A column for the time, one for each lane: where a lane has no value there is none. */
type Row = readonly [second: number, ...values: (number | null)[]];

const minutesShown = 3;
const shownMs = minutesShown * 60_000;
const height = 190;

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

interface Panel {
  readonly root: HTMLElement;
  readonly place: HTMLElement;
}

function panelOf(title: () => string, key: HTMLElement): Panel {
  const heading = element('h3');
  speak(heading, title);
  const place = element('div', { class: 'plot' });
  return { place, root: element('div', { class: 'chart' }, heading, key, place) };
}

export function createCharts(inkOf: (name: string) => string): Charts {
  const counted = new Map(laneNames.map((lane) => [lane, element('span')]));
  const named = (lane: LaneName) => element('span', { phrase: laneTitles[lane] });
  const panels = [
    panelOf(
      () => tell(titles.ages, { minutes: String(minutesShown) }),
      legend(false, (lane) => counted.get(lane) ?? named(lane)),
    ),
    panelOf(() => tell(titles.bytes, { minutes: String(minutesShown) }), legend(true, named)),
  ] as const;
  const root = element(
    'div',
    { class: 'charts', attributes: { 'aria-hidden': 'true' } },
    ...panels.map((panel) => panel.root),
  );
  let ages: Row[] = [];
  let bytes: Row[] = [];
  let startMs: number | null = null;
  let charts: readonly Chart[] = [];
  const laneInk = (name: LaneName) => inkOf(`--lane-${name.replace('.', '')}`);

  const markAll = (chart: Chart) => {
    for (const lane of laneNames)
      tellPoints(
        lane,
        drawMarks(chart, lane, laneInk(lane), () => true),
      );
  };
  const markEnds = (chart: Chart) => {
    for (const [index, lane] of laneNames.entries()) {
      const end = chart.data[index + 1]?.length ?? 0;
      drawMarks(chart, lane, laneInk(lane), (at) => at === end - 1);
    }
  };
  const make = ({ place }: Panel, data: readonly Row[], isLine: boolean): Chart => {
    const axis = {
      ...{ stroke: inkOf('--ink'), font: '14px sans-serif' },
      grid: { stroke: inkOf('--line'), width: 1 },
    };
    return new uPlot(
      {
        ...{ width: Math.max(200, place.clientWidth), height, legend: { show: false } },
        cursor: { show: false },
        scales: { x: { time: false }, y: { distr: 3 } },
        axes: [axis, { ...axis, size: 80 }],
        series: [
          {},
          ...laneNames.map((name) => ({
            ...{ label: tell(laneTitles[name]), stroke: laneInk(name), width: 3, spanGaps: true },
            ...{ dash: [...marks[name].dash], points: { show: false } },
            ...(!isLine && { paths: () => null }),
          })),
        ],
        hooks: { draw: [isLine ? markEnds : markAll] },
      },
      columnsOf(data) as never,
      place,
    );
  };
  const tellPoints = (lane: LaneName, count: number) => {
    const node = counted.get(lane);
    if (node) setText(node, tell(titles.points, { lane: tell(laneTitles[lane]), count: number(count) }));
  };
  const show = () => {
    charts[0]?.setData(columnsOf(ages) as never);
    charts[1]?.setData(columnsOf(bytes) as never);
  };
  const renew = () => {
    // uPlot does not load where the browser names a language Intl refuses: the figures go on without charts.
    if (typeof uPlot === 'function') {
      for (const chart of charts) chart.destroy();
      charts = [make(panels[0], ages, false), make(panels[1], bytes, true)];
    }
    show();
  };
  addEventListener('resize', () => {
    for (const [index, chart] of charts.entries())
      chart.setSize({ width: Math.max(200, panels[index]?.place.clientWidth ?? 0), height });
  });
  return {
    root,
    renew,
    clear() {
      [ages, bytes, startMs] = [[], [], null];
      renew();
    },
    count(counts, nowMs) {
      startMs ??= nowMs;
      const second = (nowMs - startMs) / 1000;
      bytes.push([second, ...laneNames.map((name) => bytesOf(counts, name))]);
      bytes = bytes.filter(([at]) => at > second - shownMs / 1000);
    },
    draw(race) {
      if (startMs === null) return;
      ages = agesOf(race, startMs);
      if (charts.length === 0) renew();
      else show();
    },
  };
}

/** A logarithmic scale has no zero. */
const bytesOf = (counts: LaneCounts, name: LaneName) => counts[name].up + counts[name].down || null;

/** Twenty a second for as long as is shown, and what an outage leaves waiting. */
const mostShown = 20 * 60 * minutesShown + 400;

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

/** Draws the lane's shape at those of its values that are wanted; returns how many these were. */
function drawMarks(chart: Chart, lane: LaneName, ink: string, isWanted: (at: number) => boolean): number {
  const [seconds = [], ...columns] = chart.data;
  const values = columns[laneNames.indexOf(lane)] ?? [];
  const scale = devicePixelRatio;
  const path = new Path2D();
  let drawn = 0;
  for (let at = 0; at < values.length; at++) {
    const [second, value] = [seconds[at], values[at]];
    if (value == null || second === undefined || !isWanted(at)) continue;
    const [x, y] = [chart.valToPos(second, 'x', true), chart.valToPos(value, 'y', true)];
    path.addPath(new Path2D(marks[lane].shape), new DOMMatrix([scale, 0, 0, scale, x, y]));
    drawn++;
  }
  chart.ctx.fillStyle = ink;
  chart.ctx.fill(path);
  return drawn;
}

/** uPlot wants columns. */
const columnsOf = (rows: readonly Row[]) =>
  Array.from({ length: laneNames.length + 1 }, (_, column) => rows.map((row) => row[column] ?? null));
