/** Models of what speaks plain HTTP: a request each, polling, long polling, an event stream. Pure. */
import { mailboxBytes } from '../../laws/http-bytes.ts';
import { frameHeadBytes } from '../../laws/http2.ts';
import { emptyShare } from '../../laws/poll-contents.ts';
import { pollAge } from '../../laws/polling.ts';
import { sseEventBytes, sseOverhead } from '../../laws/sse.ts';
import { holdS, keepAliveS } from './assumptions.ts';
import type { CostedExchange } from './below-application.ts';
import {
  asked,
  beating,
  delays,
  heartbeats,
  hour,
  laneOpen,
  type Model,
  perHour,
  postDelayMs,
  posts,
  reopened,
  requestsOf,
  usesDown,
} from './model.ts';
import type { Need } from './need.ts';

/** A comment in its chunk (law SSE6), or in a DATA frame. */
const commentBytes = { http: 8, h2: 3 + frameHeadBytes } as const;

const base64 = (bytes: number) => 4 * Math.ceil(bytes / 3);

/** One message in a mailbox answer. */
const mailed = ({ size }: Need) => size + mailboxBytes(size);

export const http: Model = (need, { postAndAnswer }) => ({
  exchanges: posts(need, postAndAnswer),
  requestsPerHour: perHour(need.rateUp),
  connections: 1,
  connectionsOpen: laneOpen(need),
  reopenedPerHour: reopened(need),
  silenceMs: 0,
  timer: null,
  ...delays(need, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, postDelayMs(need)),
  laws: ['BY3', 'POLL8'],
});

/**
 * As it was asked for; otherwise so long that the oldest event is just in time (law POLL1), and one poll a round trip
 * at most.
 */
const pollIntervalOf = ({ pollIntervalMs, withinMs, rttMs }: Need): number =>
  pollIntervalMs ?? Math.max(rttMs, withinMs - rttMs / 2);

export const polling: Model = (need, { post, emptyPoll, fullPoll }) => {
  const up = posts(need, post);
  const intervalMs = pollIntervalOf(need);
  const intervalS = intervalMs / 1000;
  const polls = hour / intervalS;
  const intervalNs = intervalMs * 1e6;
  const empty = emptyShare({ arrivals: 'poisson', rate: need.rate, intervalNs });
  const full = polls * (1 - empty);
  const down: CostedExchange[] = usesDown(need)
    ? [
        { perHour: polls * empty, ...emptyPoll },
        {
          perHour: full,
          up: fullPoll.up,
          down: fullPoll.down + (perHour(need.rate) * mailed(need)) / full,
        },
      ]
    : [];
  return {
    exchanges: [...up, ...down],
    requestsPerHour: requestsOf([...up, ...down]),
    connections: need.direction === 'both' ? 2 : 1,
    connectionsOpen: Math.min(1, keepAliveS / intervalS) + laneOpen(need),
    reopenedPerHour: reopened(need) + (need.over === 'http' && intervalS > keepAliveS ? polls : 0),
    pollIntervalMs: intervalMs,
    silenceMs: 0,
    timer: { periodS: intervalS },
    ...delays(
      need,
      pollAge({ intervalNs, downNs: (need.rttMs / 2) * 1e6 }).mean / 1e6,
      intervalMs + need.rttMs / 2,
      postDelayMs(need),
    ),
    laws: ['BY1', 'POLL1', 'POLL4', 'POLL8'],
  };
};

export const longPolling: Model = (need, { post, fullPoll, emptyPoll }) => {
  const up = posts(need, post);
  const { full, empty, perAnswer, ageMs, latestMs } = asked(need);
  const down: CostedExchange[] = usesDown(need)
    ? [
        { perHour: empty, ...emptyPoll, held: true },
        { perHour: full, up: fullPoll.up, down: fullPoll.down + perAnswer * mailed(need), held: true },
      ]
    : [];
  return {
    exchanges: [...up, ...down],
    requestsPerHour: requestsOf([...up, ...down]),
    connections: need.direction === 'both' ? 2 : 1,
    connectionsOpen: 1 + laneOpen(need),
    reopenedPerHour: reopened(need),
    silenceMs: holdS * 1000,
    timer: { periodS: holdS, sinceEvents: true },
    ...delays(need, ageMs, latestMs, postDelayMs(need)),
    laws: ['BY2', 'LP2', 'LP3', 'LP4', 'POLL8'],
  };
};

/** A comment without what frames it: a colon and a blank line. */
const bareCommentBytes = 3;

/**
 * How long an event waits on the way. If pieces are passed on when they are full, the event that begins a piece waits
 * for the others in it, and the one that ends it does not wait; comments help to fill it.
 */
function waitOf(need: Need, eventBytes: number): { readonly meanMs: number; readonly mostMs: number } {
  const { streams, rate } = need;
  if (streams === 'held') return { meanMs: Number.POSITIVE_INFINITY, mostMs: Number.POSITIVE_INFINITY };
  if (typeof streams !== 'object') return { meanMs: 0, mostMs: 0 };
  if ('lateMs' in streams) return { meanMs: streams.lateMs, mostMs: streams.lateMs };
  const bytesPerSecond = rate * eventBytes + (heartbeats(need) / hour) * bareCommentBytes;
  const mostMs = (1000 * Math.max(0, streams.pieceBytes - eventBytes)) / bytesPerSecond;
  return { meanMs: mostMs / 2, mostMs };
}

export const sse: Model = (need, { post }) => {
  const up = posts(need, post);
  const payloadBytes = need.binary ? base64(need.size) : need.size;
  const said = { payloadBytes, ...(need.binary && { typeBytes: 'binary'.length }) };
  const event = need.over === 'h2' ? sseEventBytes(said) + frameHeadBytes : payloadBytes + sseOverhead(said);
  const { meanMs, mostMs } = waitOf(need, sseEventBytes(said));
  const downMs = need.rttMs / 2;
  return {
    exchanges: [
      ...up,
      { perHour: perHour(need.rate), up: 0, down: event },
      { perHour: heartbeats(need), up: 0, down: commentBytes[need.over] },
    ],
    requestsPerHour: requestsOf(up),
    connections: need.direction === 'both' ? 2 : 1,
    connectionsOpen: 1 + laneOpen(need),
    reopenedPerHour: reopened(need),
    isUnsure: need.streams === 'unknown',
    ...beating(need),
    ...delays(need, downMs + meanMs, downMs + mostMs, postDelayMs(need)),
    laws: ['SSE1', 'SSE3', 'SSE6', 'POLL8'],
  };
};
