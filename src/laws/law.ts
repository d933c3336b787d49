/**
 * The shape of a law: what should happen, why, and its source. A law is a plain value next to the pure
 * functions that compute it, so it can be printed, plotted and compared without opening a socket.
 *
 * Must not import transports, clocks, reports, or anything else of this project except `Text`.
 */

import type { Text } from '../base/text.ts';

/** A quantity the formula names, as the textbooks write it. */
export interface Parameter {
  readonly name: string;
  readonly unit: string;
  readonly meaning: Text;
}

interface Axis {
  readonly label: Text;
  readonly unit: string;
}

/** A small plot of the law, in the units of its axes. The labels give the parameters that it fixes. */
export interface Plot {
  readonly x: Axis;
  readonly y: Axis;
  readonly from: number;
  readonly to: number;
  curve(x: number): number;
}

export interface Law {
  /** As in the tables: 'POLL1'. */
  readonly id: string;
  /** True: asserted with no tolerance. False: a mean, a distribution or a limit, asserted within `tolerance.ts`. */
  readonly exact: boolean;
  readonly title: Text;
  /** One paragraph: what happens, why, and what it costs. */
  readonly statement: Text;
  /** One line of plain text. */
  readonly formula: string;
  /** A specification's section, a paper, or 'derived'. */
  readonly source: string;
  readonly parameters: readonly Parameter[];
  readonly plot?: Plot;
}
