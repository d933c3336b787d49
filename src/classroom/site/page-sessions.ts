/**
 * Who is on the page: a session a page, named by a random token that the page shows in every lane. The site gives the
 * names, so nobody can read another's mailbox by guessing. What one session may hold open at once is counted here.
 */
import { randomBytes } from 'node:crypto';
import { type HttpVersion, limits } from '../page/control-talk.ts';

/** Over HTTP/1.1 a browser has six connections, and its WebSockets; over HTTP/2 it need not wait for one. */
const mostOpen: Readonly<Record<HttpVersion, number>> = { 'http/1.1': 12, h2: 24 };
/** The one unused longest is forgotten first. */
const sessionsKept = 400;

export interface ClassSession {
  readonly token: string;
  readonly mayLead: boolean;
  /** So many of them may be. */
  readonly mostOpen: number;
  /** Requests, streams and sockets of this client that are open now. */
  open: number;
}

export interface ClassSessions {
  create(mayLead: boolean): ClassSession;
  /** The session a `client` parameter names: the token, and after a point whatever the page adds. */
  of(client: string | null): ClassSession | undefined;
  isKnown(client: string): boolean;
}

/** One more of this client: what to call when it ends; null when it has too much open already. */
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
      // Of base64url, four characters carry three bytes.
      const token = randomBytes((limits.token / 4) * 3).toString('base64url');
      const session = { token, mayLead, open: 0, mostOpen: mostOpen[over] };
      sessions.set(session.token, session);
      return session;
    },
    of(client) {
      const session = sessions.get(tokenOf(client ?? ''));
      if (!session) return undefined;
      // Asked again: it goes to the end of the line.
      sessions.delete(session.token);
      sessions.set(session.token, session);
      return session;
    },
    isKnown: (client) => sessions.has(tokenOf(client)),
  };
}
