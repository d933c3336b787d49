/**
 * A live chart of the lanes (uPlot): a column for the time, one for each lane, on a logarithmic scale. It draws every
 * value as a point, or a line with the lane's mark at its end.
 */
import { type LaneName, laneNames } from '../control-talk.ts';
import { element } from '../element.ts';
import { inkOf, laneInk } from '../legend.ts';
import { tell } from '../page-reader.ts';
import { laneTitles, marks } from '../words.ts';

declare const uPlot: typeof import('uplot');
type Chart = InstanceType<typeof uPlot>;

/** Null for a lane without a value at that time. */
export type Row = readonly [second: number, ...values: (number | null)[]];

interface LiveChartParts {
  readonly title: () => string;
  readonly key: HTMLElement;
  readonly isLine: boolean;
  /** Called with the number of marks that were drawn for a lane. */
  readonly marked?: (lane: LaneName, count: number) => void;
}

const height = 190;

export function createLiveChart({ title, key, isLine, marked }: LiveChartParts) {
  const place = element('div', { class: 'plot' });
  const sizeNow = () => ({ width: Math.max(200, place.clientWidth), height });
  let rows: readonly Row[] = [];
  let chart: Chart | null = null;
  const mark = (drawing: Chart) => {
    for (const lane of laneNames) {
      const count = drawMarks(drawing, lane, isLine);
      marked?.(lane, count);
    }
  };
  const renew = () => {
    // uPlot does not load if the browser's language is one that Intl rejects: then the page works without charts.
    if (typeof uPlot !== 'function') return;
    chart?.destroy();
    const options = { ...sizeNow(), ...looks(isLine), hooks: { draw: [mark] } };
    chart = new uPlot(options, columnsOf(rows) as never, place);
  };
  addEventListener('resize', () => chart?.setSize(sizeNow()));
  return {
    root: element('div', { class: 'chart' }, element('h3', { phrase: title }), key, place),
    /** Draws anew after colours, language or size have changed. */
    renew,
    show(next: readonly Row[]) {
      rows = next;
      if (chart) chart.setData(columnsOf(rows) as never);
      else renew();
    },
  };
}

/** Options of uPlot with the current colours and language. */
function looks(isLine: boolean) {
  const axis = {
    stroke: inkOf('--ink'),
    font: '14px sans-serif',
    grid: { stroke: inkOf('--line'), width: 1 },
  };
  const series = laneNames.map((lane) => ({
    label: tell(laneTitles[lane]),
    stroke: laneInk(lane),
    width: 3,
    spanGaps: true,
    dash: [...marks[lane].dash],
    points: { show: false },
    ...(!isLine && { paths: () => null }),
  }));
  return {
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { distr: 3 as const } },
    axes: [axis, { ...axis, size: 80 }],
    series: [{}, ...series],
  };
}

/** Draws the lane's shape at its values, or only at the newest; returns how many it drew. */
function drawMarks(chart: Chart, lane: LaneName, isEndOnly: boolean): number {
  const [seconds = [], ...columns] = chart.data;
  const values = columns[laneNames.indexOf(lane)] ?? [];
  const scale = devicePixelRatio;
  const path = new Path2D();
  let drawn = 0;
  for (let at = isEndOnly ? Math.max(0, values.length - 1) : 0; at < values.length; at++) {
    const [second, value] = [seconds[at], values[at]];
    if (value == null || second === undefined) continue;
    const [x, y] = [chart.valToPos(second, 'x', true), chart.valToPos(value, 'y', true)];
    path.addPath(new Path2D(marks[lane].shape), new DOMMatrix([scale, 0, 0, scale, x, y]));
    drawn++;
  }
  chart.ctx.fillStyle = laneInk(lane);
  chart.ctx.fill(path);
  return drawn;
}

/** Rows as columns, which uPlot expects. */
const columnsOf = (rows: readonly Row[]) =>
  Array.from({ length: laneNames.length + 1 }, (_, column) => rows.map((row) => row[column] ?? null));
