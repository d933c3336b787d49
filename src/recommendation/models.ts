/**
 * One model a transport: what an hour of an application's messages costs over it, in the words of its laws. Pure; heads
 * and handshakes come in as they were weighed.
 */
import { mailboxBytes } from '../laws/http-bytes.ts';
import { longPollingMeanAgeNs, messagesPerResponse } from '../laws/long-polling.ts';
import { emptyShare } from '../laws/poll-contents.ts';
import { pollAge } from '../laws/polling.ts';
import {
  binaryEventOverhead,
  eventOverhead,
  eventPacketBytes,
  pollingBinaryBytes,
} from '../laws/socket-io.ts';
import { sseOverhead } from '../laws/sse.ts';
import { frameOverhead } from '../laws/websocket.ts';
import { eventName } from '../protocol.ts';

import type { Cost, Need, UnitCosts } from './costs.ts';

const hour = 3600;
/** As everybody pings, unless told otherwise. */
const heartbeats = hour / 25;
const heartbeatBytes = { sse: 8, ws: 8, socketIo: 10 };
/** A parked question is answered after this long even when there is no news. */
const holdS = 25;
/** Node's server closes a connection after so much silence (law POLL8); the next POST then waits for a new one. */
const keepAliveS = 5;

const base64 = (bytes: number) => 4 * Math.ceil(bytes / 3);
const usesUp = ({ direction }: Need) => direction !== 'down';
const usesDown = ({ direction }: Need) => direction !== 'up';
const perHour = ({ rate }: Need) => rate * hour;

/** How long a POST is under way; one that comes after a long silence opens its connection first. */
const postDelayMs = ({ rate, rttMs }: Need) => rttMs / 2 + (1 / rate > keepAliveS ? rttMs : 0);

/** Every POST of an hour, where a transport needs one for each message up. */
const posts = (need: Need, heads: number) => ({
  bytes: usesUp(need) ? perHour(need) * (heads + need.size) : 0,
  requests: usesUp(need) ? perHour(need) : 0,
});

type Model = (need: Need, units: UnitCosts) => Omit<Cost, 'transport' | 'setupBytes'>;

const delays = (need: Need, ageMs: number, delayMs: number) => ({
  ageMs: usesDown(need) ? ageMs : null,
  delayMs: usesUp(need) ? delayMs : null,
});

/** One message in a mailbox answer. */
const mailed = ({ size }: Need) => size + mailboxBytes(size);

const http: Model = (need, { postAndAnswer }) => ({
  bytesPerHour: posts(need, postAndAnswer).bytes,
  requestsPerHour: posts(need, 0).requests,
  connections: 1,
  ...delays(need, Number.POSITIVE_INFINITY, postDelayMs(need)),
  laws: ['BY3'],
});

const polling: Model = (need, { post, emptyPoll, fullPoll }) => {
  const up = posts(need, post);
  const polls = usesDown(need) ? hour / (need.pollIntervalMs / 1000) : 0;
  const intervalNs = need.pollIntervalMs * 1e6;
  const empty = emptyShare({ arrivals: 'poisson', rate: need.rate, intervalNs });
  const heads = empty * emptyPoll + (1 - empty) * fullPoll;
  return {
    bytesPerHour: up.bytes + polls * heads + (usesDown(need) ? perHour(need) * mailed(need) : 0),
    requestsPerHour: up.requests + polls,
    connections: need.direction === 'both' ? 2 : 1,
    ...delays(need, pollAge({ intervalNs, downNs: (need.rttMs / 2) * 1e6 }).mean / 1e6, postDelayMs(need)),
    laws: ['BY1', 'POLL1', 'POLL4'],
  };
};

/** Requests of an hour, and how old events are, where one question is always out. */
function asked({ rate, rttMs }: Need) {
  const [downNs, blindNs] = [(rttMs / 2) * 1e6, rttMs * 1e6];
  return {
    requests: perHour({ rate } as Need) / messagesPerResponse({ rate, blindNs }) + hour / holdS,
    ageMs: longPollingMeanAgeNs({ downNs, blindNs, rate }) / 1e6,
  };
}

const longPolling: Model = (need, { post, fullPoll }) => {
  const up = posts(need, post);
  const { requests, ageMs } = asked(need);
  const down = usesDown(need) ? requests * fullPoll + perHour(need) * mailed(need) : 0;
  return {
    bytesPerHour: up.bytes + down,
    requestsPerHour: up.requests + (usesDown(need) ? requests : 0),
    connections: need.direction === 'both' ? 2 : 1,
    ...delays(need, ageMs, postDelayMs(need)),
    laws: ['BY2', 'LP2', 'LP3'],
  };
};

const sse: Model = (need, { post }) => {
  const up = posts(need, post);
  const payloadBytes = need.binary ? base64(need.size) : need.size;
  const event =
    payloadBytes + sseOverhead({ payloadBytes, ...(need.binary && { typeBytes: 'binary'.length }) });
  const down = usesDown(need) ? perHour(need) * event + heartbeats * heartbeatBytes.sse : 0;
  return {
    bytesPerHour: up.bytes + down,
    requestsPerHour: up.requests,
    connections: need.direction === 'both' ? 2 : 1,
    ...delays(need, need.rttMs / 2, postDelayMs(need)),
    laws: ['SSE1', 'SSE3'],
  };
};

const framed = (need: Need, way: 'up' | 'down', overhead: number) =>
  (way === 'up' ? usesUp(need) : usesDown(need)) ? perHour(need) * (need.size + overhead) : 0;

const ws: Model = (need) => ({
  bytesPerHour:
    framed(need, 'up', frameOverhead('up', need.size)) +
    framed(need, 'down', frameOverhead('down', need.size)) +
    heartbeats * heartbeatBytes.ws,
  requestsPerHour: 0,
  connections: 1,
  ...delays(need, need.rttMs / 2, need.rttMs / 2),
  laws: ['WS1', 'WS2'],
});

const nameBytes = eventName.length;
const socketIoOverhead = ({ size, binary }: Need, way: 'up' | 'down') =>
  binary
    ? binaryEventOverhead(way, { nameBytes, attachmentBytes: [size] })
    : eventOverhead(way, { nameBytes, payloadBytes: size });

const socketIo: Model = (need) => ({
  bytesPerHour:
    framed(need, 'up', socketIoOverhead(need, 'up')) +
    framed(need, 'down', socketIoOverhead(need, 'down')) +
    heartbeats * heartbeatBytes.socketIo,
  requestsPerHour: 0,
  connections: 1,
  ...delays(need, need.rttMs / 2, need.rttMs / 2),
  laws: [need.binary ? 'SIO3' : 'SIO1', 'SIO8', 'WS2'],
});

/** Socket.IO where upgrades do not pass: long polling with its own heads and packets. */
const socketIoPolling: Model = (need, { socketIoPost, socketIoPoll }) => {
  const packet = need.binary
    ? pollingBinaryBytes(need.size) + socketIoOverhead(need, 'down')
    : eventPacketBytes({ nameBytes, payloadBytes: need.size });
  const { requests, ageMs } = asked(need);
  const up = usesUp(need) ? perHour(need) : 0;
  const down = usesDown(need) ? requests : heartbeats;
  return {
    bytesPerHour:
      up * (socketIoPost + packet) + down * socketIoPoll + (usesDown(need) ? perHour(need) * packet : 0),
    requestsPerHour: up + down,
    connections: 2,
    ...delays(need, ageMs, postDelayMs(need)),
    laws: ['LP2', 'LP3', 'SIO9'],
  };
};

/** In this order: where costs tie, the one that needs less comes first. */
export const models: readonly {
  readonly name: string;
  readonly model: Model;
  readonly fits: (need: Need) => boolean;
}[] = [
  { name: 'http', model: http, fits: (need) => !usesDown(need) },
  { name: 'sse', model: sse, fits: usesDown },
  { name: 'ws', model: ws, fits: ({ upgrades }) => upgrades },
  { name: 'long-polling', model: longPolling, fits: usesDown },
  { name: 'polling', model: polling, fits: usesDown },
  { name: 'socket.io', model: socketIo, fits: ({ upgrades }) => upgrades },
  { name: 'socket.io:polling', model: socketIoPolling, fits: ({ upgrades }) => !upgrades },
];
