/**
 * Times on a machine that may stand still for seconds: measured anew, six times at most, while a process on the way
 * of the messages says that it was kept waiting for so long that no law of time could show. The law must then hold of
 * the last measurement, whatever befell it.
 */
import type { Trial } from '../../src/document/report.ts';
import { again } from './again.ts';

export function undisturbed<T>(
  longestMs: number,
  measure: () => Promise<T>,
  trialsOf: (measured: T) => readonly Trial[],
): Promise<T> {
  const stoodStill = ({ notes }: Trial) =>
    notes.some(
      ({ kind, value }) =>
        kind === 'saturated' || (kind.startsWith('loop-delay-') && Number(value) > longestMs),
    );
  return again(measure, (measured) => !trialsOf(measured).some(stoodStill), 6);
}
