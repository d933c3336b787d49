/**
 * State shared by the connections of one Engine.IO session. A session begins over polling and goes on over a
 * WebSocket: what was sent on one connection tells how to read the other. Only the newest sessions are kept.
 */
import type { Direction } from '../../wire/span.ts';

export interface Session {
  /** The session has begun to speak Socket.IO. */
  isSocketIo: boolean;
  /** How many announced binary messages have not arrived yet, by their direction. */
  readonly due: Record<Direction, number>;
  /** Namespaces in which the server gave the client a `pid`: it can recover, and each event carries an offset. */
  readonly recoverable: Set<string>;
}

export interface Sessions {
  /** By the `sid` of the request. Without one, a new session that only this connection has. */
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
