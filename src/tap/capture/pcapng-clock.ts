/** Times of a pcapng file: each interface counts in its own units; all are converted to time since the first packet. */

/** How an interface counts. */
export interface Ticks {
  readonly unitsPerSecond: bigint;
  readonly offsetSeconds: bigint;
  /** Its first time; `at`: time since the file's first. A double holds differences exactly, times since 1970 not. */
  first: { readonly high: number; readonly low: number; readonly at: number } | undefined;
}

export interface FileClock {
  /** Nanoseconds since the first packet, from the two halves of a 64-bit number. */
  at(ticks: Ticks, high: number, low: number): number;
  /** The latest time so far: for a block that has no time. */
  latest(): number;
}

/** @param started called with the time of the first packet, in milliseconds since 1970. */
export function createClock(started: (epochMs: number) => void): FileClock {
  let originNs: bigint | undefined;
  let latest = 0;
  const begin = (ticks: Ticks, high: number, low: number) => {
    const units = (BigInt(high) << 32n) | BigInt(low);
    const ns = (units * 1_000_000_000n) / ticks.unitsPerSecond + ticks.offsetSeconds * 1_000_000_000n;
    if (originNs === undefined) started(Number(ns / 1000n) / 1000);
    originNs ??= ns;
    ticks.first = { high, low, at: Number(ns - originNs) };
    return ticks.first;
  };
  return {
    at(ticks, high, low) {
      const first = ticks.first ?? begin(ticks, high, low);
      const units = (high - first.high) * 2 ** 32 + (low - first.low);
      latest = first.at + (units * 1e9) / Number(ticks.unitsPerSecond);
      return latest;
    },
    latest: () => latest,
  };
}
