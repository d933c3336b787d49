/**
 * Seeded randomness and the open-loop schedule. Clients and the server's ticker draw their due times from here, so two
 * runs with one seed are due at the same instants, and no sender waits for an answer before the next message is due.
 */

/** Uniform in [0, 1). */
export type Random = () => number;

/** A named random stream: the same seed and name always give the same numbers, independent of the other streams. */
export function randomStream(seed: number, name: string): Random {
  // FNV-1a mixes the name into the seed; mulberry32 then needs only 32 bits of state.
  let state = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 0x01000193) >>> 0;
  state = Math.imul(state ^ (state >>> 16), 0x45d9f3b) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const arrivals = ['jittered', 'periodic', 'poisson'] as const;
export type Arrivals = (typeof arrivals)[number];

export interface Pace {
  /** Messages per second. */
  readonly rate: number;
  readonly arrivals: Arrivals;
}

/**
 * Due times in whole nanoseconds after the start, endlessly. `jittered` puts one message at a uniformly random place
 * of each period (exact mean rate, no phase lock with a poll interval: law POLL5); `periodic` draws only its
 * phase; `poisson` draws exponential gaps.
 */
function* dueTimes({ rate, arrivals: kind }: Pace, random: Random): Generator<number, never> {
  const period = 1e9 / rate;
  const phase = random();
  let poisson = 0;
  for (let k = 0; ; k++) {
    if (kind === 'periodic') yield Math.floor((k + phase) * period);
    else if (kind === 'jittered') yield Math.floor((k + random()) * period);
    else {
      poisson += -Math.log(1 - random()) * period;
      yield Math.floor(poisson);
    }
  }
}

/** The first due times: at most `count` of them, all within `durationNs`. */
export function firstDueTimes(pace: Pace, random: Random, count: number, durationNs = Infinity): number[] {
  const due: number[] = [];
  for (const time of dueTimes(pace, random)) {
    if (due.length >= count || time >= durationNs) return due;
    due.push(time);
  }
  return due;
}
