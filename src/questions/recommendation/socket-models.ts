/** Models of WebSocket, and of Socket.IO with its upgrade and without. Pure. */
import { frameHeadBytes } from '../../laws/http2.ts';
import {
  binaryEventOverhead,
  binaryHeaderBytes,
  eventOverhead,
  eventPacketBytes,
  heartbeatBytes,
  pollingBinaryBytes,
} from '../../laws/socket-io.ts';
import { frameOverhead } from '../../laws/websocket.ts';
import { eventName } from '../../protocols/contract.ts';
import { keepAliveS } from './assumptions.ts';
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
  usesUp,
} from './model.ts';
import type { Need, WeighedHeads } from './need.ts';

/** Packets of a poll's answer stand side by side. */
const separatorBytes = 1;

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
  isUnsure: need.upgrades === 'unknown',
  ...beating(need),
  ...delays(need, need.rttMs / 2, need.rttMs / 2, need.rttMs / 2),
});

/** Over HTTP/2 each frame travels in a DATA frame (law H2D). */
export const ws: Model = (need) => {
  const around = need.over === 'h2' ? frameHeadBytes : 0;
  const overhead = (way: 'up' | 'down', bytes: number) => frameOverhead(way, bytes) + around;
  return {
    exchanges: framed(need, (way) => overhead(way, need.size), {
      up: overhead('up', 0),
      down: overhead('down', 0),
    }),
    ...upgraded(need),
    laws: ['WS1', 'WS4'],
  };
};

const nameBytes = eventName.length;

const socketIoOverhead = ({ size, binary }: Need, way: 'up' | 'down') =>
  binary
    ? binaryEventOverhead(way, { nameBytes, attachmentBytes: [size] })
    : eventOverhead(way, { nameBytes, payloadBytes: size });

export const socketIo: Model = (need) => ({
  exchanges: framed(need, (way) => socketIoOverhead(need, way), heartbeatBytes(1)),
  ...upgraded(need),
  laws: [need.binary ? 'SIO3' : 'SIO1', 'SIO8'],
});

/** Socket.IO where upgrades do not pass: long polling with its own heads and packets; a ping is an answer, a pong a POST. */
export const socketIoPolling: Model = (need, { socketIoPost, socketIoPoll }) => {
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
