/**
 * What the connections of one Engine.IO session know of each other. A session begins over polling and goes on over a
 * WebSocket: what was said on one connection tells how to read the other. Kept of the newest sessions only.
 */
import type { Direction } from '../../wire/span.ts';

export interface Session {
  /** Somebody has begun to speak Socket.IO. */
  isSocketIo: boolean;
  /** Binary messages that a packet has announced and that have not come, by the direction in which they come. */
  readonly due: Record<Direction, number>;
  /** Namespaces in which the server gave the client a `pid`: it can recover, and each event carries an offset. */
  readonly recoverable: Set<string>;
}

export interface Sessions {
  /** By the `sid` of the request. Without one the session is this connection's alone. */
  of(sid: string | null): Session;
}

export const createSession = (): Session => ({
  isSocketIo: false,
  due: { up: 0, down: 0 },
  recoverable: new Set(),
});

const sessionsKept = 10_000;

export function createSessions(): Sessions {
  const known = new Map<string, Session>();
  return {
    of(sid) {
      const session = (sid !== null && known.get(sid)) || createSession();
      if (sid === null) return session;
      known.set(sid, session);
      const [oldest] = known.keys();
      if (known.size > sessionsKept && oldest !== undefined) known.delete(oldest);
      return session;
    },
  };
}
