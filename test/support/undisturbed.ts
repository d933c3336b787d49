/**
 * Times on a machine that may stand still for seconds: measured again, six times at most, as long as a process on the
 * messages' way reports a delay so long that no law of time could show. The law must then hold for the last
 * measurement, even if that was disturbed too.
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
