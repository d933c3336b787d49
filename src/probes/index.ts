/** The registry of probes: each asks one feature of running servers and brings back facts. */
import { apiEvents, listeners } from './api-events.ts';
import { connectOrder, fallback } from './connecting.ts';
import { crossOrigin } from './cross-origin.ts';
import { effort } from './effort.ts';
import type { Fact } from './fact.ts';
import { reconnection } from './reconnection.ts';
import { broadcast, namespaces, rooms } from './socket-io-crowds.ts';
import { defaultEvent, events } from './socket-io-events.ts';
import { statelessness } from './statelessness.ts';
import { closing, frames, handshake } from './websocket-wire.ts';

export const probes = {
  handshake: () => handshake(),
  frames: () => frames(),
  closing: () => closing(),
  statelessness: () => statelessness(),
  'connect-order': () => connectOrder(),
  fallback: () => fallback(),
  events: () => events(),
  'default-event': () => defaultEvent(),
  namespaces: () => namespaces(),
  rooms: () => rooms(),
  reconnection: () => reconnection(),
  broadcast: () => broadcast(),
  'cross-origin': () => crossOrigin(),
  'api-events': () => apiEvents(),
  listeners: () => listeners(),
  effort: () => effort(),
} satisfies Readonly<Record<string, () => Promise<Fact[]>>>;

export type ProbeName = keyof typeof probes;
