/**
 * A session for each page, named by a random token that the page sends in every lane. The site chooses the names, so no
 * client can guess another's and read its mailbox. What one session has open at once is counted here.
 */
import { randomBytes } from 'node:crypto';
import { type HttpVersion, limits } from '../page/control-talk.ts';

/**
 * Over HTTP/1.1 a browser has six connections, and its WebSockets; over HTTP/2 requests do not wait for a connection.
 */
const mostOpen: Readonly<Record<HttpVersion, number>> = { 'http/1.1': 12, h2: 24 };
/** Beyond this the session that was unused longest is dropped. */
const sessionsKept = 400;

export interface ClassSession {
  readonly token: string;
  readonly mayLead: boolean;
  /** The most that `open` may be. */
  readonly mostOpen: number;
  /** Requests, streams and sockets of this client that are open now. */
  open: number;
}

export interface ClassSessions {
  create(mayLead: boolean): ClassSession;
  /** The session of a `client` parameter: the token, and after a dot what the page adds. */
  of(client: string | null): ClassSession | undefined;
  isKnown(client: string): boolean;
}

/** Counts one more open request or socket. Returns the function to call at its end; null if too many are open. */
export function enter(session: ClassSession): (() => void) | null {
  if (session.open >= session.mostOpen) return null;
  session.open++;
  return () => void session.open--;
}

const tokenOf = (client: string): string => client.split('.', 1)[0] ?? '';

export function createSessions(over: HttpVersion = 'http/1.1'): ClassSessions {
  const sessions = new Map<string, ClassSession>();
  return {
    create(mayLead) {
      if (sessions.size >= sessionsKept) {
        const idle = [...sessions.values()].find(({ open }) => open === 0);
        if (idle) sessions.delete(idle.token);
      }
      // In base64url four characters carry three bytes.
      const token = randomBytes((limits.token / 4) * 3).toString('base64url');
      const session = { token, mayLead, open: 0, mostOpen: mostOpen[over] };
      sessions.set(session.token, session);
      return session;
    },
    of(client) {
      const session = sessions.get(tokenOf(client ?? ''));
      if (!session) return undefined;
      // Used again, so it goes to the end of the order.
      sessions.delete(session.token);
      sessions.set(session.token, session);
      return session;
    },
    isKnown: (client) => sessions.has(tokenOf(client)),
  };
}
