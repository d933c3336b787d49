/** The trials of a sweep, by transport and by swept value. */

import type { Report, Trial } from '../../../document/report.ts';
import { typicalTrial } from '../../../questions/claims/evidence.ts';
import { gathered } from '../../blocks/gathered.ts';
import { type Axis, sweptAxes } from './sweep-axes.ts';

export interface SweepRow {
  readonly transport: string;
  readonly reference: boolean;
  /** One trial for each value; of several repeats the typical one, and none if all are invalid. */
  readonly trials: ReadonlyMap<number, Trial>;
}

export interface Sweep {
  readonly scenario: string;
  readonly axis: Axis;
  readonly values: readonly number[];
  readonly rows: readonly SweepRow[];
  readonly all: readonly Trial[];
}

/** Each scenario that was swept along one axis. */
export function sweepsOf({ plan, trials }: Pick<Report, 'plan' | 'trials'>): Sweep[] {
  return gathered(trials, ({ scenario }) => scenario).flatMap((all) => {
    const [axis, ...others] = sweptAxes(all);
    // If two axes changed at once, a cost cannot be attributed to one of them.
    if (axis === undefined || axis.ofNames || others.length > 0) return [];
    const rows = gathered(all, ({ transport }) => transport).map((ofTransport): SweepRow => {
      const readable = ofTransport.filter(({ verdict }) => verdict !== 'invalid');
      const points = gathered(readable, axis.value).flatMap((repeats) => typicalTrial(repeats) ?? []);
      return {
        transport: ofTransport[0]?.transport ?? '',
        reference: ofTransport[0]?.reference ?? false,
        trials: new Map(points.map((trial) => [axis.value(trial), trial])),
      };
    });
    const place = ({ transport }: SweepRow) => plan.transports.indexOf(transport);
    return {
      scenario: all[0]?.scenario ?? '',
      axis,
      values: [...new Set(all.map(axis.value))].sort((a, b) => a - b),
      rows: rows.sort((a, b) => place(a) - place(b)),
      all,
    };
  });
}
