/**
 * The registry of probes: each asks running servers for one feature and returns facts. A probe is loaded, with the
 * libraries it needs, only when it is run.
 */
import type { Fact } from './fact.ts';

export const probes = {
  handshake: async () => (await import('./websocket-wire.ts')).handshake(),
  frames: async () => (await import('./websocket-wire.ts')).frames(),
  closing: async () => (await import('./websocket-wire.ts')).closing(),
  statelessness: async () => (await import('./statelessness.ts')).statelessness(),
  'connect-order': async () => (await import('./socket-io-connecting.ts')).connectOrder(),
  fallback: async () => (await import('./socket-io-connecting.ts')).fallback(),
  'behind-proxy': async () => (await import('./behind-proxy.ts')).behindProxy(),
  events: async () => (await import('./socket-io-events.ts')).events(),
  'default-event': async () => (await import('./socket-io-events.ts')).defaultEvent(),
  namespaces: async () => (await import('./socket-io-crowds.ts')).namespaces(),
  rooms: async () => (await import('./socket-io-crowds.ts')).rooms(),
  reconnection: async () => (await import('./reconnection.ts')).reconnection(),
  broadcast: async () => (await import('./socket-io-crowds.ts')).broadcast(),
  'cross-origin': async () => (await import('./cross-origin.ts')).crossOrigin(),
  'api-events': async () => (await import('./api-events.ts')).apiEvents(),
  listeners: async () => (await import('./api-events.ts')).listeners(),
  effort: async () => (await import('./effort.ts')).effort(),
} satisfies Readonly<Record<string, () => Promise<Fact[]>>>;

export type ProbeName = keyof typeof probes;
