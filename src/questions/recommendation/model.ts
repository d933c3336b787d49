/** What every transport's model is made of: rates of an hour, messages up, connections that close in silence. Pure. */
import { longPollingMaxAgeNs, longPollingMeanAgeNs, messagesPerResponse } from '../../laws/long-polling.ts';
import { holdS, keepAliveS } from './assumptions.ts';
import type { CostedExchange } from './below-application.ts';
import type { Need, TransportCost, UnitCosts, WeighedHeads } from './need.ts';
import type { Timer } from './radio.ts';

export const hour = 3600;

export const usesUp = ({ direction }: Need) => direction !== 'down';

export const usesDown = ({ direction }: Need) => direction !== 'up';

export const perHour = (rate: number) => rate * hour;

export const heartbeats = ({ heartbeatMs }: Need) => (heartbeatMs === null ? 0 : hour / (heartbeatMs / 1000));

/** The share of messages that come after so long a silence that the server has closed the connection (law POLL8). */
const afterSilence = (rate: number) => Math.exp(-rate * keepAliveS);

/** Over HTTP/2 nothing is: Node's server and those of the usual proxies keep the one connection for longer than any of this is silent. */
export const reopened = (need: Need) =>
  usesUp(need) && need.over === 'http' ? perHour(need.rateUp) * afterSilence(need.rateUp) : 0;

/** How long a POST is under way; one that mostly comes after a long silence opens its connection first. */
export const postDelayMs = ({ rateUp, rttMs, tls, over }: Need) =>
  rttMs / 2 + (over === 'http' && 1 / rateUp > keepAliveS ? rttMs * (tls ? 2 : 1) : 0);

/** Every POST of an hour, where a transport needs one for each message up. */
export const posts = (need: Need, { up, down }: WeighedHeads, size = need.size): CostedExchange[] =>
  usesUp(need) ? [{ perHour: perHour(need.rateUp), up: up + size, down }] : [];

type Counted = Pick<
  TransportCost,
  | 'requestsPerHour'
  | 'connections'
  | 'connectionsOpen'
  | 'reopenedPerHour'
  | 'ageMs'
  | 'latestMs'
  | 'delayMs'
  | 'laws'
>;

interface Modelled extends Counted {
  readonly exchanges: readonly CostedExchange[];
  /** The longest silence of a connection that must stay. */
  readonly silenceMs: number;
  readonly timer: Timer | null;
  readonly isUnsure?: boolean;
  readonly pollIntervalMs?: number;
}

export type Model = (need: Need, units: Required<UnitCosts>) => Modelled;

export const delays = (need: Need, ageMs: number, latestMs: number, delayMs: number) => ({
  ageMs: usesDown(need) ? ageMs : null,
  latestMs: usesDown(need) ? latestMs : null,
  delayMs: usesUp(need) ? delayMs : null,
});

/** The share of the time for which the connection of the POSTs is open, as each keeps it open for a while. */
export const laneOpen = (need: Need) => (usesUp(need) ? 1 - afterSilence(need.rateUp) : 0);

export const requestsOf = (exchanges: readonly CostedExchange[]) =>
  exchanges.reduce((sum, one) => sum + one.perHour, 0);

/** Pings and comments; a connection that has them is never silent for longer. */
export const beating = ({ heartbeatMs }: Need) => ({
  silenceMs: heartbeatMs ?? Number.POSITIVE_INFINITY,
  timer: heartbeatMs === null ? null : { periodS: heartbeatMs / 1000 },
});

/** Answers with news and without, where one question is always out; and how old events are. */
export function asked({ rate, rttMs }: Need) {
  const [downNs, blindNs] = [(rttMs / 2) * 1e6, rttMs * 1e6];
  const perAnswer = messagesPerResponse({ rate, blindNs });
  return {
    perAnswer,
    full: perHour(rate) / perAnswer,
    // Each silence (Poisson) holds as many whole hold times as fit into it.
    empty: perHour(rate) / Math.expm1(rate * holdS),
    ageMs: longPollingMeanAgeNs({ downNs, blindNs, rate }) / 1e6,
    latestMs: longPollingMaxAgeNs({ downNs, blindNs }) / 1e6,
  };
}
