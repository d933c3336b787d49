/**
 * Converts a moment of a page's clock to this process's clock. The page is asked for its time, which it read between
 * question and answer. The quickest of several exchanges gives the least error.
 */
import type { Clock } from '../base/clock.ts';

export interface PageTimes {
  toNs(pageMs: number): number;
  toPageMs(ns: number): number;
  /** How far it may be off: half of the shortest round trip, and a step of the page's clock. */
  readonly errorNs: number;
}

const times = 25;

export async function readPageTimes(
  clock: Clock,
  ask: () => Promise<number>,
  stepMs: number,
): Promise<PageTimes> {
  let best = { tookNs: Number.POSITIVE_INFINITY, offsetNs: 0 };
  for (let time = 0; time < times; time++) {
    const askedNs = clock.now();
    const pageMs = await ask();
    const answeredNs = clock.now();
    const tookNs = answeredNs - askedNs;
    if (tookNs < best.tookNs) best = { tookNs, offsetNs: (askedNs + answeredNs) / 2 - pageMs * 1e6 };
  }
  const { offsetNs, tookNs } = best;
  return {
    toNs: (pageMs) => pageMs * 1e6 + offsetNs,
    toPageMs: (ns) => (ns - offsetNs) / 1e6,
    errorNs: tookNs / 2 + stepMs * 1e6,
  };
}
