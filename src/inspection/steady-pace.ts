/** Whether something comes again and again at a steady pace, and how often. */

/** How often it must have come at least, and the most that its longest interval may be, as a ratio to the shortest. */
const leastCount = 4;
const widestSpread = 1.5;
/** A shorter period is work, not a heartbeat. */
const leastPeriodNs = 200e6;

export type SteadyPace = ReturnType<typeof watchPace>;

/** @param firstNs when the first one came. */
export function watchPace(firstNs: number) {
  let count = 1;
  let lastNs = firstNs;
  let shortestNs = Number.POSITIVE_INFINITY;
  let longestNs = 0;
  const isSteady = () =>
    count >= leastCount && shortestNs >= leastPeriodNs && longestNs <= widestSpread * shortestNs;
  return {
    add(atNs: number) {
      const sinceNs = atNs - lastNs;
      count++;
      lastNs = atNs;
      shortestNs = Math.min(shortestNs, sinceNs);
      longestNs = Math.max(longestNs, sinceNs);
    },
    /** The period is null if the pace is not steady. */
    read: () => ({ count, periodMs: isSteady() ? (lastNs - firstNs) / (count - 1) / 1e6 : null }),
  };
}
