/**
 * The offset of another machine's clock from ours. One exchange of four times gives it with an error of at most half
 * the round-trip delay (NTP, RFC 5905 §8). Of several the quickest is taken, because a delay in one direction only is
 * what makes it wrong. Between two measurements the offset is assumed to change evenly.
 */

/** When a question left (our clock), arrived and was answered (their clock), and its answer arrived (our clock). */
export interface ClockExchange {
  readonly askedNs: number;
  readonly cameInNs: number;
  readonly answeredNs: number;
  readonly heardNs: number;
}

/** Their clock minus ours, at a time of our clock. */
export interface Offset {
  readonly atNs: number;
  readonly offsetNs: number;
  /** Largest possible error, however the delay was split between the two directions. */
  readonly errorNs: number;
}

/** The difference of two clocks over a while, from one measurement to another. */
export interface ClockDifference {
  /** At the first measurement. */
  readonly offsetNs: number;
  /** Largest possible error at any time between the two. */
  readonly errorNs: number;
  /** How much faster their clock runs, in millionths, and the largest possible error of that. */
  readonly driftPpm: number;
  readonly driftErrorPpm: number;
  /** Converts a time of their clock to ours. */
  ours(theirNs: number): number;
}

/** As many as NTP's clock filter keeps (RFC 5905 §10). */
export const exchangesAtATime = 8;

const delayOf = ({ askedNs, cameInNs, answeredNs, heardNs }: ClockExchange) =>
  heardNs - askedNs - (answeredNs - cameInNs);

/** From the quickest of the exchanges. Throws a RangeError if there is none. */
export function offsetOf(exchanges: readonly ClockExchange[]): Offset {
  const [first, ...others] = exchanges;
  if (!first) throw new RangeError('no exchange says what another clock shows');
  const best = others.reduce((a, b) => (delayOf(b) < delayOf(a) ? b : a), first);
  const { askedNs, cameInNs, answeredNs, heardNs } = best;
  return {
    atNs: (askedNs + heardNs) / 2,
    offsetNs: (cameInNs - askedNs + (answeredNs - heardNs)) / 2,
    // If the clocks run at different speeds, the delay may be negative.
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
