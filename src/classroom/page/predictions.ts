/**
 * What the laws predict for the page's race: the mean age of an event in each lane, and what a cut costs. These are the
 * functions that the laboratory itself uses.
 */
import { blindWindowNs } from '../../laws/long-polling.ts';
import { lostMessages } from '../../laws/outage.ts';
import { effectiveIntervalNs, pollAge } from '../../laws/polling.ts';
import type { LaneName, RaceState, Settings } from './control-talk.ts';

const ns = (ms: number) => ms * 1e6;

/**
 * Largest V/P for which LP1 predicts long polling's age. Of events at random places in their periods P, a share of
 * (V/P)²/2 comes while long polling is blind after the one before (LP3): up to this ratio fewer than one in fifty.
 */
const mostBlind = 0.2;

/** If a poll takes longer than the interval, the next one comes at the next free point of the grid. */
export const pollsApartMs = ({ rttMs, pollIntervalMs }: Pick<Settings, 'rttMs' | 'pollIntervalMs'>): number =>
  effectiveIntervalNs({ intervalNs: ns(pollIntervalMs), rttNs: ns(rttMs) }) / 1e6;

/**
 * Mean age in milliseconds: POLL1 for polling; on the other lanes an event arrives one way after it was due: LP1, SSE1,
 * WS2. Null if events come so fast over so long a link that long polling is blind for many of them.
 */
export function predictedAgeMs(
  lane: LaneName,
  { rttMs, pollIntervalMs, rate }: Pick<Settings, 'rttMs' | 'pollIntervalMs' | 'rate'>,
): number | null {
  const [upNs, downNs] = [ns(rttMs / 2), ns(rttMs / 2)];
  if (lane === 'polling') {
    const intervalNs = ns(pollsApartMs({ rttMs, pollIntervalMs }));
    return pollAge({ intervalNs, downNs }).mean / 1e6;
  }
  if (lane === 'long-polling' && blindWindowNs({ upNs, downNs }) * rate > mostBlind * 1e9) return null;
  return downNs / 1e6;
}

export const lawOf: Readonly<Record<LaneName, string>> = {
  polling: 'POLL1',
  'long-polling': 'LP1',
  sse: 'SSE1',
  ws: 'WS2',
  'socket.io': 'WS2',
};

/** Whether the site keeps the events that a client missed. */
const replays: Readonly<Record<LaneName, boolean>> = {
  polling: true,
  'long-polling': true,
  sse: false,
  ws: false,
  'socket.io': false,
};

/** Events lost by law OUT; null while the lane is still away, or if it was never cut off. */
export function predictedLosses(
  lane: LaneName,
  { cut, settings }: Pick<RaceState, 'cut' | 'settings'>,
  backMs: number | null,
): number | null {
  if (!cut || cut.healedMs === null) return null;
  if (replays[lane]) return 0;
  if (backMs === null) return null;
  return lostMessages({
    kind: 'cut',
    rate: settings.rate,
    outageNs: ns(cut.healedMs - cut.atMs),
    // The site knows that the lane is back one way earlier than the lane itself does.
    awayNs: ns(Math.max(0, backMs - settings.rttMs / 2 - cut.healedMs)),
    inFlight: (settings.rate * settings.rttMs) / 2 / 1000,
  });
}
