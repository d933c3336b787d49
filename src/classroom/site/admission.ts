/**
 * Who may enter a lane: a page that the site has named, that has not too much open already, and whose body is JSON
 * and not too long. Simulated clients send their own key instead; their lanes refuse requests without it.
 */
import type { IncomingMessage } from 'node:http';
import { connectionsPerOrigin } from '../../tap/dialer.ts';
import { limits } from '../page/control-talk.ts';
import type { Door } from './join-code.ts';
import { type ClassSessions, enter } from './page-sessions.ts';
import type { Place } from './place.ts';

export interface AdmissionParts {
  readonly door: Door;
  readonly sessions: ClassSessions;
  readonly botKey: string;
  /** The number of the current or last race. */
  readonly raceNumber: () => number;
}

interface Admission {
  readonly status: number;
  /** To be called when the request or the socket ends. */
  readonly leave: () => void;
}

const refused = (status: number): Admission => ({ status, leave: () => {} });

export const botHeader = 'x-rtcompare-bot';

export function admission(parts: AdmissionParts, place: Place, request: IncomingMessage): Admission {
  if (place.isBot) {
    return request.headers[botHeader] === parts.botKey ? { status: 200, leave: () => {} } : refused(403);
  }
  if (!parts.door.roleOf(request)) return refused(401);
  const session = parts.sessions.of(place.client);
  if (!session || !isOwnName(place, session.token, parts.raceNumber())) return refused(403);
  const status = bodyStatus(place, request);
  if (status !== 200) return refused(status);
  const leave = enter(session);
  return leave ? { status: 200, leave } : refused(429);
}

/** The client names of a page's streams that show the browser's limit. */
export const limitClients = (token: string): readonly string[] =>
  Array.from({ length: connectionsPerOrigin }, (_, turn) => `${token}.limit${turn}`);

/**
 * Whether a page may use this client name: in the chat its token; in each race another one, because each race has its
 * own mailboxes; and six more to show the browser's limit. With free names a page could be any number of clients.
 */
function isOwnName({ room, client }: Place, token: string, race: number): boolean {
  const names =
    room === 'chat'
      ? [token, ...limitClients(token)]
      : // A page that does not know of the new race yet still asks for the one before.
        [`${token}.${race}`, `${token}.${race - 1}`];
  return names.includes(client);
}

function bodyStatus({ lane }: Place, { method, headers }: IncomingMessage): number {
  if (method === 'GET') return 200;
  if (method !== 'POST') return 405;
  // Without Content-Length a body that is too long would be noticed only after reading it.
  const length = Number(headers['content-length']);
  if (!Number.isInteger(length)) return 411;
  if (length > limits.messageBytes) return 413;
  // Socket.IO's own client sends text/plain, and its packets are no JSON.
  return lane === 'socket.io' || headers['content-type'] === 'application/json' ? 200 : 415;
}
