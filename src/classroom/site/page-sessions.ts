/**
 * Who is on the page: a session a page, named by a random token that the page shows in every lane. The site gives the
 * names, so nobody can read another's mailbox by guessing. What one session may hold open at once is counted here.
 */
import { randomBytes } from 'node:crypto';
import { limits } from '../page/control-talk.ts';

const connectionsPerClient = 12;
/** The one unused longest is forgotten first. */
const sessionsKept = 400;

export interface ClassSession {
  readonly token: string;
  readonly mayLead: boolean;
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
  if (session.open >= connectionsPerClient) return null;
  session.open++;
  return () => void session.open--;
}

const tokenOf = (client: string): string => client.split('.', 1)[0] ?? '';

export function createSessions(): ClassSessions {
  const sessions = new Map<string, ClassSession>();
  return {
    create(mayLead) {
      if (sessions.size >= sessionsKept) {
        const idle = [...sessions.values()].find(({ open }) => open === 0);
        if (idle) sessions.delete(idle.token);
      }
      // Of base64url, four characters carry three bytes.
      const session = { token: randomBytes((limits.token / 4) * 3).toString('base64url'), mayLead, open: 0 };
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
