/**
 * The site's clock, read by the page. An event contains when it was due by the site's clock, so its age needs the
 * difference between two clocks. Each ping gives one: the answer's time less the middle between sending and receiving
 * (RFC 5905 §8); the quickest ping is the least disturbed. It assumes that both ways take equally long, which holds
 * for the emulated link.
 */
export interface Ping {
  readonly sentMs: number;
  readonly heardMs: number;
  /** When the site answered, by its own clock. */
  readonly siteMs: number;
}

const kept = 12;

export function createSiteClock() {
  const pings: Ping[] = [];
  let offsetMs: number | null = null;
  return {
    take(ping: Ping): void {
      pings.push(ping);
      if (pings.length > kept) pings.shift();
      const quickest = pings.reduce((best, one) => (took(one) < took(best) ? one : best));
      offsetMs = quickest.siteMs - (quickest.sentMs + quickest.heardMs) / 2;
    },
    /** The site's time at this value of `performance.now()`; null before the first ping. */
    at: (hereMs: number): number | null => (offsetMs === null ? null : hereMs + offsetMs),
    /** Drops the pings when the link has changed: new ones may be more exact. */
    forget: () => void pings.splice(0),
  };
}

const took = ({ sentMs, heardMs }: Ping) => heardMs - sentMs;
