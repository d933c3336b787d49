/**
 * A token bucket that limits how often a client may send: a burst of ten passes and a flood does not. Time is an
 * argument, in nanoseconds.
 */

const perSecond = 10;

export function openBucket(nowNs: number) {
  let left = perSecond;
  let at = nowNs;
  return {
    /** Whether one more message may pass now; if so, takes its token. */
    take(now: number): boolean {
      left = Math.min(perSecond, left + ((now - at) / 1e9) * perSecond);
      at = now;
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
