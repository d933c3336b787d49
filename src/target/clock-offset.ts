/**
 * What another machine's clock shows, by ours. One exchange of four times says it to half of what it took on the way: NTP's
 * sum (RFC 5905 §8). Of several the quickest is taken, because a delay that fell on one way only is what makes the sum wrong;
 * between two measurements the difference is taken to grow evenly.
 */

/** When a question left, came in, was answered, and its answer was heard: ours, theirs, theirs, ours. */
export interface ClockExchange {
  readonly askedNs: number;
  readonly cameInNs: number;
  readonly answeredNs: number;
  readonly heardNs: number;
}

/** Their clock less ours, at a moment of ours. */
export interface Offset {
  readonly atNs: number;
  readonly offsetNs: number;
  /** It cannot be further off, however the delay fell on the two ways. */
  readonly errorNs: number;
}

/** The difference of two clocks over a while, from one measurement to another. */
export interface ClockDifference {
  /** At the first measurement. */
  readonly offsetNs: number;
  /** Of any time between the two. */
  readonly errorNs: number;
  /** How much faster theirs runs, in millionths, and how far off that may be. */
  readonly driftPpm: number;
  readonly driftErrorPpm: number;
  /** A time of theirs, by our clock. */
  ours(theirNs: number): number;
}

/** NTP's clock filter keeps as many (RFC 5905 §10). */
export const exchangesAtATime = 8;

const delayOf = ({ askedNs, cameInNs, answeredNs, heardNs }: ClockExchange) =>
  heardNs - askedNs - (answeredNs - cameInNs);

/** By the quickest of the exchanges. */
export function offsetOf(exchanges: readonly ClockExchange[]): Offset {
  const [first, ...others] = exchanges;
  if (!first) throw new RangeError('no exchange says what another clock shows');
  const best = others.reduce((a, b) => (delayOf(b) < delayOf(a) ? b : a), first);
  const { askedNs, cameInNs, answeredNs, heardNs } = best;
  return {
    atNs: (askedNs + heardNs) / 2,
    offsetNs: (cameInNs - askedNs + (answeredNs - heardNs)) / 2,
    // Where two clocks run at different paces, a delay may come out below nothing.
    errorNs: Math.max(0, delayOf(best)) / 2,
  };
}

export function differenceBetween(before: Offset, after: Offset): ClockDifference {
  const tookNs = Math.max(1, after.atNs - before.atNs);
  const drift = (after.offsetNs - before.offsetNs) / tookNs;
  return {
    offsetNs: before.offsetNs,
    errorNs: Math.max(before.errorNs, after.errorNs),
    driftPpm: drift * 1e6,
    driftErrorPpm: ((before.errorNs + after.errorNs) / tookNs) * 1e6,
    ours: (theirNs) => before.atNs + (theirNs - before.offsetNs - before.atNs) / (1 + drift),
  };
}
