/**
 * The frame of a plot in a terminal: a canvas of characters, figures beside its height and below its width, and their
 * labels. It does not know what is drawn.
 */
import { decimal } from '../blocks/quantities.ts';
import { displayWidth, wrap } from './wrap.ts';

/** The range of values that an axis shows. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly logarithmic: boolean;
}

/** Where a value lies on its axis: 0 at the low end, 1 at the high end. */
export function position(value: number, { low, high, logarithmic }: Scale): number {
  const [at, from, to] = logarithmic ? [value, low, high].map(Math.log) : [value, low, high];
  return at === undefined || from === undefined || to === undefined || to === from
    ? 0.5
    : (at - from) / (to - from);
}

/** The value at a position. */
const valueAt = (at: number, { low, high, logarithmic }: Scale): number =>
  logarithmic ? low * (high / low) ** at : low + at * (high - low);

const steps = [1, 2, 2.5, 5, 10];

/** The next round value, up or down: 1, 2, 2.5 or 5 times a power of ten. */
function round(value: number, direction: 'up' | 'down'): number {
  if (value === 0) return 0;
  const power = 10 ** Math.floor(Math.log10(Math.abs(value)));
  const size = Math.abs(value) / power;
  const away = (direction === 'up') === value > 0;
  // A power of ten is rarely exact in binary, so a value within rounding error of a step counts as the step.
  const step = away
    ? steps.find((one) => one >= size * (1 - 1e-9))
    : steps.findLast((one) => one <= size * (1 + 1e-9));
  return Math.sign(value) * (step ?? size) * power;
}

/** A linear scale that holds all values; it starts at zero, unless that would press them together. */
export function linearScale(values: readonly number[]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (least === most) {
    return least === 0
      ? { low: 0, high: 1, logarithmic: false }
      : { low: Math.min(0, 2 * least), high: Math.max(0, 2 * least), logarithmic: false };
  }
  const low = least >= 0 && least <= most * 0.7 ? 0 : round(least, 'down');
  const high = most <= 0 && most >= least * 0.7 ? 0 : round(most, 'up');
  return { low, high: high === low ? most : high, logarithmic: false };
}

/** Whole powers of ten around positive values. */
export const logarithmicScale = (values: readonly number[]): Scale => ({
  low: 10 ** Math.floor(Math.log10(Math.min(...values))),
  high: 10 ** Math.ceil(Math.log10(Math.max(...values)) || 1),
  logarithmic: true,
});

export interface Tick {
  /** 0 to 1 along the axis. */
  readonly at: number;
  readonly label: string;
}

export interface Frame {
  /** The canvas, from the top, all rows equally wide. */
  readonly rows: readonly string[];
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly width: number;
  readonly ascii: boolean;
}

/**
 * Where figures stand beside the canvas: at powers of ten; otherwise at the ends and, if there is a row for it, in the
 * middle.
 */
function yTicks(y: Scale, rows: number): Tick[] {
  const decades = Math.round(Math.log10(y.high / y.low));
  const parts = y.logarithmic ? decades : (rows - 1) % 2 === 0 ? 2 : 1;
  const every = Math.ceil(parts / Math.max(1, rows - 1));
  return Array.from({ length: Math.floor(parts / every) + 1 }, (_, index) => {
    const at = (index * every) / parts;
    return { at, label: decimal(valueAt(at, y)) };
  });
}

/** Columns that the figures beside the canvas take, with the axis. */
export const marginOf = (y: Scale, rows: number): number =>
  Math.max(...yTicks(y, rows).map(({ label }) => label.length)) + 2;

const glyphs = {
  box: { tick: '┤', axis: '│', corner: '└', floor: '─' },
  ascii: { tick: '+', axis: '|', corner: '+', floor: '-' },
};

/** Figures below the axis; none touches its neighbour, and the two ends are placed first. */
function tickLine(ticks: readonly Tick[], columns: number): string {
  const line = Array<string>(columns).fill(' ');
  const [first, ...others] = ticks;
  const last = others.pop();
  for (const tick of [first, last, ...others]) {
    if (tick === undefined) continue;
    const middle = Math.round(tick.at * (columns - 1) - (tick.label.length - 1) / 2);
    const start = Math.max(0, Math.min(columns - tick.label.length, middle));
    const around = line.slice(Math.max(0, start - 1), start + tick.label.length + 1);
    if (around.every((character) => character === ' ')) line.splice(start, tick.label.length, ...tick.label);
  }
  return line.join('');
}

/** Lines of at most the frame's width, without trailing spaces. */
export function framed({ rows, y, xTicks, xLabel, yLabel, width, ascii }: Frame): string[] {
  const { tick, axis, corner, floor } = glyphs[ascii ? 'ascii' : 'box'];
  const margin = marginOf(y, rows.length);
  const columns = rows[0]?.length ?? 0;
  const figures = new Map(
    yTicks(y, rows.length).map(({ at, label }) => [Math.round((1 - at) * (rows.length - 1)), label]),
  );
  const body = rows.map((row, index) => {
    const figure = figures.get(index);
    return `${(figure ?? '').padStart(margin - 2)} ${figure === undefined ? axis : tick}${row}`;
  });
  const right = Math.max(0, margin + columns - displayWidth(xLabel));
  return [
    ...wrap(yLabel, width),
    ...body,
    `${' '.repeat(margin - 1)}${corner}${floor.repeat(columns)}`,
    `${' '.repeat(margin)}${tickLine(xTicks, columns)}`,
    ...(displayWidth(xLabel) > width ? wrap(xLabel, width) : [' '.repeat(right) + xLabel]),
  ].map((line) => line.trimEnd());
}
