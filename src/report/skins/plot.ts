/**
 * Draws a curve in a terminal: in braille, two by four dots a character, or in asterisks for `--ascii`. Each label
 * should name its quantity and its unit; `rtcompare explain` draws the laws with it.
 */

import { decimal } from '../blocks/quantities.ts';
import { framed, linearScale, marginOf, position } from './plot-frame.ts';

export interface CurvePlot {
  readonly curve: (x: number) => number;
  readonly from: number;
  readonly to: number;
  /** What lies along the axis, with its unit: 'event rate, /s'. */
  readonly xLabel: string;
  readonly yLabel: string;
  /** Columns of the widest line. */
  readonly width?: number;
  /** Lines from the top of the canvas to the lower axis, without labels. */
  readonly height?: number;
  readonly ascii?: boolean;
}

/** The bit of a braille character for the dot in this column and row of its cell (Unicode, Braille Patterns). */
const brailleBits = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

interface Pen {
  readonly dotsAcross: number;
  readonly dotsDown: number;
  /** The character that shows these dots of one cell. */
  readonly show: (dots: readonly [column: number, row: number][]) => string;
}

const braille: Pen = {
  dotsAcross: 2,
  dotsDown: 4,
  show: (dots) =>
    dots.length === 0
      ? ' '
      : String.fromCodePoint(
          dots.reduce((code, [column, row]) => code | (brailleBits[column]?.[row] ?? 0), 0x2800),
        ),
};
const asterisk: Pen = { dotsAcross: 1, dotsDown: 1, show: (dots) => (dots.length === 0 ? ' ' : '*') };

/** The dots of each column; a steep curve is drawn without gaps, and NaN leaves a gap. */
function dotsOf(levels: readonly number[], rows: number): number[][] {
  const heights = levels.map((level) =>
    Number.isFinite(level) ? Math.round((1 - Math.min(1, Math.max(0, level))) * (rows - 1)) : null,
  );
  return heights.map((row, column) => {
    if (row === null) return [];
    const before = heights[column - 1] ?? row;
    const [top, bottom] = before < row ? [before + 1, row] : [row, Math.max(row, before - 1)];
    return Array.from({ length: bottom - top + 1 }, (_, index) => top + index);
  });
}

/** Lines for a terminal; a curve without a finite value is an empty frame. */
export function plotCurve(plot: CurvePlot): string[] {
  const { curve, from, to, xLabel, yLabel, width = 60, height = 12, ascii = false } = plot;
  const lines = Math.max(2, height - 1);
  const pen = ascii ? asterisk : braille;
  const sample = (points: number) =>
    Array.from({ length: points }, (_, index) =>
      curve(from + (index / Math.max(1, points - 1)) * (to - from)),
    );
  // The figures beside the canvas need room, and how much depends on the curve: it is sampled once for that, then
  // drawn.
  const seen = sample(2 * width).filter(Number.isFinite);
  const y = linearScale(seen.length > 0 ? seen : [0, 1]);
  const columns = Math.max(1, width - marginOf(y, lines));
  const levels = sample(columns * pen.dotsAcross).map((value) => position(value, y));
  const dots = dotsOf(levels, lines * pen.dotsDown);
  const cell = (column: number, row: number): string =>
    pen.show(
      Array.from({ length: pen.dotsAcross }, (_, inCell) =>
        (dots[column * pen.dotsAcross + inCell] ?? [])
          .filter((dot) => Math.floor(dot / pen.dotsDown) === row)
          .map((dot): [number, number] => [inCell, dot % pen.dotsDown]),
      ).flat(),
    );
  const rows = Array.from({ length: lines }, (_, row) =>
    Array.from({ length: columns }, (_, column) => cell(column, row)).join(''),
  );
  const xTicks = [0, 0.5, 1].map((at) => ({ at, label: decimal(from + at * (to - from)) }));
  return framed({ rows, y, xTicks, xLabel, yLabel, width, ascii });
}
