/**
 * The distribution of the time until a client is back: not by drawing, but by summing over all its random numbers. Each
 * wait takes one random number and is a whole number of milliseconds, so its distribution is a list of shares, and sums
 * of waits are convolutions of these lists.
 */
import { reconnectPolicies } from './reconnection.ts';

/** The policies whose waits are whole milliseconds. */
export type CountedPolicy = 'socket.io' | 'eventsource' | 'fixed';

type Share = readonly [ms: number, share: number];

/** Boundaries of Socket.IO's waits lie at multiples of 1/4,000: none of these numbers lies on one. */
const numbers = 20_000;
/** From here on no wait of these policies changes. */
const lastAttempt = 4;

function sharesOfWait(policy: CountedPolicy, attempt: number): Share[] {
  const counts = new Map<number, number>();
  for (let k = 0; k < numbers; k++) {
    const ms = reconnectPolicies[policy](attempt, () => (k + 0.5) / numbers);
    counts.set(ms, (counts.get(ms) ?? 0) + 1);
  }
  return [...counts].map(([ms, count]): Share => [ms, count / numbers]);
}

const waits = new Map<string, readonly Share[]>();
function waitBefore(policy: CountedPolicy, attempt: number): readonly Share[] {
  const like = Math.min(attempt, lastAttempt);
  const key = `${policy} ${like}`;
  const shares = waits.get(key) ?? sharesOfWait(policy, like);
  waits.set(key, shares);
  return shares;
}

export interface Returning {
  /** From the end of the outage, ascending. */
  readonly shares: readonly Share[];
  readonly meanMs: number;
  /** Standard deviation. */
  readonly spreadMs: number;
  readonly meanAttempts: number;
}

/** HERD3, OUT: how soon a client is back after an outage in which each attempt is refused at once. Source: derived. */
export function returning(policy: CountedPolicy, outageMs: number): Returning {
  const back = new Map<number, number>();
  /** The time of the last refusal of the clients that are not back yet, with their shares. */
  let refused: readonly Share[] = [[0, 1]];
  let meanAttempts = 0;
  for (let attempt = 0; refused.length > 0; attempt++) {
    const again = new Map<number, number>();
    for (const [atMs, share] of refused) {
      meanAttempts += share;
      for (const [waitMs, chance] of waitBefore(policy, attempt)) {
        const dueMs = atMs + waitMs;
        const into = dueMs < outageMs ? again : back;
        into.set(dueMs, (into.get(dueMs) ?? 0) + share * chance);
      }
    }
    refused = [...again];
  }
  const shares = [...back].map(([ms, share]): Share => [ms - outageMs, share]).sort(([a], [b]) => a - b);
  const meanMs = shares.reduce((sum, [ms, share]) => sum + ms * share, 0);
  const variance = shares.reduce((sum, [ms, share]) => sum + (ms - meanMs) ** 2 * share, 0);
  return { shares, meanMs, spreadMs: Math.sqrt(variance), meanAttempts };
}

/** When this share of clients is back (ms). */
export function backAfter({ shares }: Returning, share: number): number {
  let sum = 0;
  for (const [afterMs, one] of shares) {
    sum += one;
    // The sum of many small shares may be off by this much.
    if (sum >= share - 1e-9) return afterMs;
  }
  return shares.at(-1)?.[0] ?? Number.NaN;
}
