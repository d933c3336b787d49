/**
 * The site's clock, read from here. An event says when it was due by the site's clock, so its age needs the difference
 * between two clocks. Each ping gives one: the answer's time less the middle between asking and hearing (RFC 5905 §8);
 * the quickest ping is the least disturbed. It assumes that both ways take as long, which holds for the emulated link.
 */
export interface Ping {
  readonly sentMs: number;
  readonly heardMs: number;
  /** By the site's clock, when it answered. */
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
    /** What the site's clock says at this moment of `performance.now()`; null before the first ping. */
    at: (hereMs: number): number | null => (offsetMs === null ? null : hereMs + offsetMs),
    /** The link has changed: what its pings said may be worse than what the new ones will. */
    forget: () => void pings.splice(0),
  };
}

const took = ({ sentMs, heardMs }: Ping) => heardMs - sentMs;
