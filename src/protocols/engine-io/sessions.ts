/**
 * What the connections of one Engine.IO session know of each other. A session begins over polling and goes on over a
 * WebSocket: what the server promised on one connection tells how to read the other. Kept of the newest sessions only.
 */

export interface Session {
  /** The server gave the client a `pid` in this namespace: it can recover, and each event carries an offset. */
  promiseRecovery(namespace: string): void;
  canRecover(namespace: string): boolean;
}

export interface Sessions {
  /** By the `sid` of the request. Without one the session is this connection's alone. */
  of(sid: string | null): Session;
}

const promisesKept = 10_000;

export function createSessions(): Sessions {
  const promised = new Set<string>();
  let nameless = 0;
  return {
    of(sid) {
      // No sid has a space in it.
      const session = sid ?? `connection ${nameless++}`;
      return {
        promiseRecovery(namespace) {
          promised.add(`${session} ${namespace}`);
          const [oldest] = promised;
          if (promised.size > promisesKept && oldest !== undefined) promised.delete(oldest);
        },
        canRecover: (namespace) => promised.has(`${session} ${namespace}`),
      };
    },
  };
}
