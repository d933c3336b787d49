/**
 * Draws growth in a terminal: a letter per transport, so that it can be read without colour. The values of a sweep are
 * usually factors apart, so the lower axis is logarithmic.
 */

import type { Chart } from '../blocks/block.ts';
import {
  framed,
  linearScale,
  logarithmicScale,
  marginOf,
  position,
  type Scale,
  type Tick,
} from './plot-frame.ts';

interface Drawing {
  readonly width: number;
  readonly ascii: boolean;
}

const height = 11;
const widest = 64;
const several = '*';
const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * If values are this many times apart, the scale is logarithmic: on a linear one the small values would lie on the
 * axis.
 */
const farApart = 20;

function scaleOf(values: readonly number[]): Scale {
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) / least >= farApart
    ? logarithmicScale(values)
    : linearScale(values);
}

function canvas({ series }: Chart, x: Scale, y: Scale, columns: number): string[] {
  const cells = Array.from({ length: height }, () => Array<string>(columns).fill(' '));
  series.forEach(({ points }, index) => {
    for (const [at, value] of points) {
      const column = Math.round(position(at, x) * (columns - 1));
      const line = cells[Math.round((1 - position(value, y)) * (height - 1))];
      if (line) line[column] = line[column] === ' ' ? (letters[index] ?? several) : several;
    }
  });
  return cells.map((line) => line.join(''));
}

/** Lines of at most the width: the frame, then the key to the letters. */
export function drawChart(chart: Chart, { width, ascii }: Drawing): string[] {
  const points = chart.series.flatMap((one) => one.points);
  const values = points.map(([, value]) => value);
  const places = points.map(([at]) => at);
  const x = { low: Math.min(...places), high: Math.max(...places), logarithmic: Math.min(...places) > 0 };
  const y = scaleOf(values);
  const columns = Math.max(8, Math.min(widest, width) - marginOf(y, height));
  const xTicks: Tick[] = chart.ticks.map(([at, label]) => ({ at: position(at, x), label }));
  const log = (label: string, scale: Scale): string =>
    scale.logarithmic ? `${label} (${chart.logarithmic})` : label;
  return framed({
    rows: canvas(chart, x, y, columns),
    y,
    xTicks,
    xLabel: log(chart.xLabel, x),
    yLabel: log(chart.yLabel, y),
    width,
    ascii,
  });
}

/** The key: `a polling, b ws`. */
export const keyOf = ({ series }: Chart): string[] =>
  series.map(({ name }, index) => `${letters[index] ?? several}\u00a0${name}`);
