/**
 * One model a transport: the exchanges of an hour of an application's messages, in the words of its laws. Pure; heads and
 * handshakes come in as they were weighed.
 */
import { mailboxBytes } from '../../laws/http-bytes.ts';
import { longPollingMaxAgeNs, longPollingMeanAgeNs, messagesPerResponse } from '../../laws/long-polling.ts';
import { emptyShare } from '../../laws/poll-contents.ts';
import { pollAge } from '../../laws/polling.ts';
import {
  binaryEventOverhead,
  binaryHeaderBytes,
  eventOverhead,
  eventPacketBytes,
  heartbeatBytes,
  pollingBinaryBytes,
} from '../../laws/socket-io.ts';
import { sseOverhead } from '../../laws/sse.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { eventName } from '../../protocols/contract.ts';
import { holdS, keepAliveS } from './assumptions.ts';
import type { CostedExchange } from './below-application.ts';
import type { Demand, Need, TransportCost, UnitCosts, WeighedHeads } from './need.ts';
import type { Timer } from './radio.ts';

const hour = 3600;
/** A comment in its chunk (law SSE6). */
const commentBytes = 8;
/** Packets of a poll's answer stand side by side. */
const separatorBytes = 1;

const base64 = (bytes: number) => 4 * Math.ceil(bytes / 3);
const usesUp = ({ direction }: Need) => direction !== 'down';
const usesDown = ({ direction }: Need) => direction !== 'up';
const perHour = (rate: number) => rate * hour;
const heartbeats = ({ heartbeatMs }: Need) => (heartbeatMs === null ? 0 : hour / (heartbeatMs / 1000));

/** The share of messages that come after so long a silence that the server has closed the connection (law POLL8). */
const afterSilence = (rate: number) => Math.exp(-rate * keepAliveS);

const reopened = (need: Need) => (usesUp(need) ? perHour(need.rateUp) * afterSilence(need.rateUp) : 0);

/** How long a POST is under way; one that mostly comes after a long silence opens its connection first. */
const postDelayMs = ({ rateUp, rttMs, tls }: Need) =>
  rttMs / 2 + (1 / rateUp > keepAliveS ? rttMs * (tls ? 2 : 1) : 0);

/** Every POST of an hour, where a transport needs one for each message up. */
const posts = (need: Need, { up, down }: WeighedHeads, size = need.size): CostedExchange[] =>
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
type Model = (need: Need, units: Required<UnitCosts>) => Modelled;

const delays = (need: Need, ageMs: number, latestMs: number, delayMs: number) => ({
  ageMs: usesDown(need) ? ageMs : null,
  latestMs: usesDown(need) ? latestMs : null,
  delayMs: usesUp(need) ? delayMs : null,
});

/** The share of the time for which the connection of the POSTs is open, as each keeps it open for a while. */
const laneOpen = (need: Need) => (usesUp(need) ? 1 - afterSilence(need.rateUp) : 0);

const requestsOf = (exchanges: readonly CostedExchange[]) =>
  exchanges.reduce((sum, one) => sum + one.perHour, 0);

/** One message in a mailbox answer. */
const mailed = ({ size }: Need) => size + mailboxBytes(size);

/** Pings and comments; a connection that has them is never silent for longer. */
const beating = ({ heartbeatMs }: Need) => ({
  silenceMs: heartbeatMs ?? Number.POSITIVE_INFINITY,
  timer: heartbeatMs === null ? null : { periodS: heartbeatMs / 1000 },
});

const http: Model = (need, { postAndAnswer }) => ({
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

/** As it was asked for; or so rarely that the oldest event is just not too late (law POLL1), and a poll a round trip at most. */
const pollIntervalOf = ({ pollIntervalMs, withinMs, rttMs }: Need): number =>
  pollIntervalMs ?? Math.max(rttMs, withinMs - rttMs / 2);

const polling: Model = (need, { post, emptyPoll, fullPoll }) => {
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
    reopenedPerHour: reopened(need) + (intervalS > keepAliveS ? polls : 0),
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

/** Answers with news and without, where one question is always out; and how old events are. */
function asked({ rate, rttMs }: Need) {
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

const longPolling: Model = (need, { post, fullPoll, emptyPoll }) => {
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

const sse: Model = (need, { post }) => {
  const up = posts(need, post);
  const payloadBytes = need.binary ? base64(need.size) : need.size;
  const event =
    payloadBytes + sseOverhead({ payloadBytes, ...(need.binary && { typeBytes: 'binary'.length }) });
  const ageMs = need.streams === 'held' ? Number.POSITIVE_INFINITY : need.rttMs / 2;
  return {
    exchanges: [
      ...up,
      { perHour: perHour(need.rate), up: 0, down: event },
      { perHour: heartbeats(need), up: 0, down: commentBytes },
    ],
    requestsPerHour: requestsOf(up),
    connections: need.direction === 'both' ? 2 : 1,
    connectionsOpen: 1 + laneOpen(need),
    reopenedPerHour: reopened(need),
    isUnsure: need.streams === 'unknown',
    ...beating(need),
    ...delays(need, ageMs, ageMs, postDelayMs(need)),
    laws: ['SSE1', 'SSE3', 'SSE6', 'POLL8'],
  };
};

/** Frames of an hour: messages each way, and a ping with its pong. */
function framed(need: Need, overhead: (way: 'up' | 'down') => number, beat: WeighedHeads): CostedExchange[] {
  return [
    ...(usesUp(need) ? [{ perHour: perHour(need.rateUp), up: need.size + overhead('up'), down: 0 }] : []),
    ...(usesDown(need) ? [{ perHour: perHour(need.rate), up: 0, down: need.size + overhead('down') }] : []),
    { perHour: heartbeats(need), ...beat },
  ];
}

/** One connection for everything, and no request after the first. */
const upgraded = (need: Need) => ({
  requestsPerHour: 0,
  connections: 1,
  connectionsOpen: 1,
  reopenedPerHour: 0,
  ...beating(need),
  ...delays(need, need.rttMs / 2, need.rttMs / 2, need.rttMs / 2),
});

const ws: Model = (need) => ({
  exchanges: framed(need, (way) => frameOverhead(way, need.size), {
    up: frameOverhead('up', 0),
    down: frameOverhead('down', 0),
  }),
  ...upgraded(need),
  laws: ['WS1', 'WS4'],
});

const nameBytes = eventName.length;
const socketIoOverhead = ({ size, binary }: Need, way: 'up' | 'down') =>
  binary
    ? binaryEventOverhead(way, { nameBytes, attachmentBytes: [size] })
    : eventOverhead(way, { nameBytes, payloadBytes: size });

const socketIo: Model = (need) => ({
  exchanges: framed(need, (way) => socketIoOverhead(need, way), heartbeatBytes(1)),
  ...upgraded(need),
  laws: [need.binary ? 'SIO3' : 'SIO1', 'SIO8'],
});

/** Socket.IO where upgrades do not pass: long polling with its own heads and packets; a ping is an answer, a pong a POST. */
const socketIoPolling: Model = (need, { socketIoPost, socketIoPoll }) => {
  const packet = need.binary
    ? binaryHeaderBytes({ nameBytes }) + separatorBytes + pollingBinaryBytes(need.size)
    : eventPacketBytes({ nameBytes, payloadBytes: need.size });
  const { full, perAnswer, ageMs, latestMs } = asked(need);
  const pings = heartbeats(need);
  const poll = (times: number, bytes: number): CostedExchange => ({
    perHour: times,
    up: socketIoPoll.up,
    down: socketIoPoll.down + bytes,
    held: true,
  });
  const exchanges = [
    ...posts(need, socketIoPost, packet),
    ...(usesDown(need) ? [poll(full, perAnswer * (packet + separatorBytes) - separatorBytes)] : []),
    poll(pings, 1),
    { perHour: pings, up: socketIoPost.up + 1, down: socketIoPost.down },
  ];
  return {
    exchanges,
    requestsPerHour: requestsOf(exchanges),
    connections: 2,
    // A pong is a POST, too.
    connectionsOpen: 2 - (1 - laneOpen(need)) * Math.max(0, 1 - (pings / hour) * keepAliveS),
    reopenedPerHour: reopened(need),
    ...beating(need),
    ...delays(need, ageMs, latestMs, postDelayMs(need)),
    laws: ['LP2', 'LP3', 'LP4', 'SIO9', need.binary ? 'SIO10' : 'SIO1'],
  };
};

type Unit = Exclude<keyof UnitCosts, 'setup'>;

/** What each asks of the way and of the page: nothing but HTTP, an upgrade, and a library besides. */
export const models: readonly {
  readonly name: string;
  readonly model: Model;
  readonly fits: (need: Need) => boolean;
  /** The weights it needs. */
  readonly takes: readonly Unit[];
  readonly demands: readonly Demand[];
}[] = [
  { name: 'http', model: http, fits: (need) => !usesDown(need), takes: ['postAndAnswer'], demands: [] },
  { name: 'sse', model: sse, fits: usesDown, takes: ['post'], demands: [] },
  { name: 'ws', model: ws, fits: ({ upgrades }) => upgrades, takes: [], demands: ['upgrade'] },
  {
    name: 'long-polling',
    model: longPolling,
    fits: usesDown,
    takes: ['post', 'emptyPoll', 'fullPoll'],
    demands: [],
  },
  { name: 'polling', model: polling, fits: usesDown, takes: ['post', 'emptyPoll', 'fullPoll'], demands: [] },
  {
    name: 'socket.io',
    model: socketIo,
    fits: ({ upgrades }) => upgrades,
    takes: [],
    demands: ['upgrade', 'library'],
  },
  {
    name: 'socket.io:polling',
    model: socketIoPolling,
    fits: ({ upgrades }) => !upgrades,
    takes: ['socketIoPost', 'socketIoPoll'],
    demands: ['library'],
  },
];
