/** Two live charts (uPlot): the age of each event and the bytes so far, a line a lane, both on logarithmic scales. */
import type { Race } from '../race.ts';
import { type LaneCounts, type LaneName, laneNames } from '../talk.ts';
import type { Arrival } from '../track.ts';
import { word } from '../words.ts';

declare const uPlot: typeof import('uplot');
type Chart = InstanceType<typeof uPlot>;

export interface Charts {
  readonly root: HTMLElement;
  /** Half a second has passed. */
  add(race: Race, counts: LaneCounts, nowMs: number): void;
  clear(): void;
  /** Colours or words have changed. */
  renew(): void;
}

type Row = readonly [second: number, ...values: (number | null)[]];

const pointsKept = 360;
const height = 190;

export function createCharts(root: HTMLElement, inkOf: (name: string) => string): Charts {
  const places = [document.createElement('div'), document.createElement('div')] as const;
  root.append(...places);
  let rows: { readonly ages: Row[]; readonly bytes: Row[] } = { ages: [], bytes: [] };
  let startMs: number | null = null;
  let charts: readonly Chart[] = [];

  const make = (place: HTMLElement, title: string, data: Row[]): Chart => {
    const axis = {
      stroke: inkOf('--ink'),
      grid: { stroke: inkOf('--line'), width: 1 },
      font: '14px sans-serif',
    };
    const made = new uPlot(
      {
        ...{ width: Math.max(200, place.clientWidth), height, title, legend: { show: false } },
        cursor: { show: false },
        scales: { x: { time: false }, y: { distr: 3 } },
        axes: [axis, { ...axis, size: 80 }],
        series: [
          {},
          ...laneNames.map((name) => ({
            ...{ label: word(`lane.${name}`), stroke: inkOf(`--lane-${name.replace('.', '')}`), width: 3 },
            spanGaps: true,
          })),
        ],
      },
      columnsOf(data) as never,
      place,
    );
    return made;
  };
  const renew = () => {
    // uPlot does not load where the browser names a language Intl refuses: the figures go on without charts.
    if (typeof uPlot !== 'function') return;
    for (const chart of charts) chart.destroy();
    charts = [
      make(places[0], word('chart.age'), rows.ages),
      make(places[1], word('chart.bytes'), rows.bytes),
    ];
  };
  addEventListener('resize', () => {
    for (const [index, chart] of charts.entries())
      chart.setSize({ width: Math.max(200, places[index]?.clientWidth ?? 0), height });
  });
  return {
    root,
    renew,
    clear() {
      rows = { ages: [], bytes: [] };
      startMs = null;
      renew();
    },
    add(race, counts, nowMs) {
      startMs ??= nowMs;
      const second = (nowMs - startMs) / 1000;
      const tracks = race.tracks();
      push(rows.ages, [second, ...laneNames.map((name) => newestAge(tracks[name].arrivals, nowMs))]);
      push(rows.bytes, [second, ...laneNames.map((name) => bytesOf(counts, name))]);
      if (charts.length === 0) renew();
      charts[0]?.setData(columnsOf(rows.ages) as never);
      charts[1]?.setData(columnsOf(rows.bytes) as never);
    },
  };
}

/** A logarithmic scale has no zero. */
const bytesOf = (counts: LaneCounts, name: LaneName) => counts[name].up + counts[name].down || null;

/** Of the last second; a lane that has heard nothing has no point. */
function newestAge(arrivals: readonly Arrival[], nowMs: number) {
  const newest = arrivals.at(-1);
  return newest && newest.atMs > nowMs - 1000 ? Math.max(0.1, newest.atMs - newest.dueMs) : null;
}

function push(rows: Row[], row: Row): void {
  rows.push(row);
  if (rows.length > pointsKept) rows.shift();
}

/** uPlot wants columns. */
const columnsOf = (rows: readonly Row[]) =>
  Array.from({ length: laneNames.length + 1 }, (_, column) => rows.map((row) => row[column] ?? null));
