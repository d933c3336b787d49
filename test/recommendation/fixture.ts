/** What is asked where nothing else is, and unit costs as they are weighed here. */
import type { Need, UnitCosts } from '../../src/questions/recommendation/need.ts';

export const units = {
  post: { up: 178, down: 80 },
  postAndAnswer: { up: 148, down: 149 },
  emptyPoll: { up: 103, down: 139 },
  fullPoll: { up: 103, down: 193 },
  socketIoPost: { up: 217, down: 200 },
  socketIoPoll: { up: 171, down: 200 },
  setup: {
    http: 0,
    polling: 208,
    'long-polling': 208,
    sse: 330,
    ws: 285,
    'socket.io': 1727,
    'socket.io:polling': 1467,
  },
} satisfies UnitCosts;

export const need: Need = {
  rate: 1,
  rateUp: 1,
  direction: 'down',
  size: 100,
  binary: false,
  rttMs: 40,
  pollIntervalMs: 2000,
  withinMs: 1000,
  heartbeatMs: 25_000,
  upgrades: true,
  streams: 'pass',
  idleTimeoutMs: null,
  tcp: 'timestamps',
  tls: true,
  over: 'http',
  by: 'bytes',
  radioTailMs: 11_600,
};
