/**
 * How much of the poll interval the waits of a trial cover. Polls come every T, so waits lie on a circle of that
 * length: one just above 0 and one just below T are neighbours.
 */

import type { Trial } from '../../document/report.ts';
import { phasePattern } from '../../laws/poll-contents.ts';

/** One or two late timers must not widen the arc. */
const most = 0.9;

/** The shortest arc (ns) in which nine of ten ages lie; null without samples. */
export function arcOfAges({ latency }: Pick<Trial, 'latency'>, intervalNs: number): number | null {
  const places = (latency?.histogram ?? [])
    .flatMap(([low, high, count]) => Array<number>(count).fill(((low + high) / 2) % intervalNs))
    .toSorted((a, b) => a - b);
  const inside = Math.ceil(most * places.length);
  if (inside === 0) return null;
  const around = [...places, ...places.map((place) => place + intervalNs)];
  return Math.min(...places.map((place, index) => (around[index + inside - 1] ?? Number.NaN) - place));
}

/** POLL5: b waits T/b apart, so nine of ten of them cover this arc; with b = 1 they are all the same. */
export function arcByLaw(p: { periodNs: number; intervalNs: number; messages: number }): number {
  const { b, stepNs } = phasePattern(p);
  return (Math.ceil(most * b) - 1) * stepNs;
}
