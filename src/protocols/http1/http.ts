/**
 * Both directions of an HTTP/1.1 connection (RFC 9112): requests upward, responses downward in the same
 * order (§9.3), until a 101 or a CONNECT gives the connection to another protocol. A response is read in the
 * light of its request: its method says whether there is a body, its target what the body means.
 */

import type { Conversation, Dissect, Exchange } from '../../wire/conversation.ts';
import { type Parser, until } from '../../wire/reader.ts';
import { feedSpliced, type Splice } from '../../wire/splice.ts';
import { cursorHeader } from '../contract.ts';
import { createSessions, type Sessions } from '../engine-io/sessions.ts';
import { type Body, dissectorOf } from './body.ts';
import { handshakeOf, isHandshake } from './handshake.ts';
import { readBody, requestFraming, responseFraming } from './http-body.ts';
import {
  type Fields,
  type RequestHead,
  type ResponseHead,
  readRequestHead,
  readResponseHead,
} from './http-head.ts';
import { tunnel, type Upgraded, upgradeOf } from './upgrade.ts';

type Answer = Pick<Exchange, 'status' | 'down' | 'handshake'>;

/** A request on its way to becoming an exchange. */
interface Pending {
  readonly request: RequestHead;
  /** Whether the connection stays HTTP after the response; only that of an upgrade matters. */
  outcome: 'undecided' | 'stays-http' | Upgraded;
  /** Bytes of the request, once it is complete. */
  up?: number;
  /** The response, once it is complete. */
  answer?: Answer;
}

/** What the two directions know of each other. */
interface Talk {
  readonly sessions: Sessions;
  /** Requests whose responses have not begun, oldest first. */
  readonly unanswered: Pending[];
  /** One half of an exchange is complete. */
  settle(pending: Pending, half: { up: number } | { answer: Answer }): void;
}

/** One connection, of which no other is known. */
export const httpConversation: Dissect = (sink, onExchange) => httpConversations()(sink, onExchange);

/** For each of the connections of the same peers: they know what was said on the others. */
export const httpConversations = (): Dissect => {
  const sessions = createSessions();
  return (sink, onExchange) => conversation(sessions, sink, onExchange);
};

function conversation(sessions: Sessions, ...[sink, onExchange]: Parameters<Dissect>): Conversation {
  const talk: Talk = {
    sessions,
    unanswered: [],
    settle(pending, half) {
      const { request, up, answer } = Object.assign(pending, half);
      if (up === undefined || answer === undefined) return;
      onExchange?.({ method: request.method, target: request.target, up, ...answer });
    },
  };
  const up = feedSpliced(
    (...span) => sink('up', ...span),
    (wire) => requests(wire, talk),
  );
  const down = feedSpliced(
    (...span) => sink('down', ...span),
    (wire) => responses(wire, talk, () => up.push(new Uint8Array(0))),
  );
  return {
    push: (direction, bytes) => (direction === 'up' ? up : down).push(bytes),
    end() {
      up.end();
      down.end();
    },
  };
}

function* requests(wire: Splice, talk: Talk): Parser {
  for (;;) {
    const request = yield* readRequestHead(wire.emit);
    const pending: Pending = { request, outcome: 'undecided' };
    talk.unanswered.push(pending);
    const { method, target, headers } = request;
    const asked = { method, target, isHandshake: isHandshake(headers) };
    const body: Body = { direction: 'up', ...asked, status: 0, ...described(headers) };
    const open = dissectorOf(body, talk.sessions);
    const bytes = yield* readBody(wire, requestFraming(headers), open);
    talk.settle(pending, { up: request.bytes + bytes });
    if (method !== 'CONNECT' && !headers.has('upgrade')) continue;
    // Whose language comes next is for the server to say: until then nothing can be read.
    yield* until(() => pending.outcome !== 'undecided');
    if (typeof pending.outcome === 'function') yield* pending.outcome(wire, 'up');
  }
}

function* responses(wire: Splice, talk: Talk, wake: () => void): Parser {
  for (;;) {
    const { response, bytes } = yield* readFinalHead(wire);
    const pending = talk.unanswered.shift();
    const { method, target } = pending?.request ?? { method: 'GET', target: '' };
    const { status, headers } = response;
    const upgraded = switched(pending?.request, response, talk.sessions);
    const handshake = pending && handshakeOf(pending.request, response);
    if (upgraded && pending) talk.settle(pending, { answer: { status, down: bytes, handshake } });
    if (pending) pending.outcome = upgraded ?? 'stays-http';
    wake();
    if (upgraded) yield* upgraded(wire, 'down');
    const asked = { method, target, isHandshake: handshake !== undefined };
    const body: Body = { direction: 'down', ...asked, status, ...described(headers) };
    const open = dissectorOf(body, talk.sessions);
    const bodyBytes = yield* readBody(wire, responseFraming(headers, status, method), open);
    if (pending) talk.settle(pending, { answer: { status, down: bytes + bodyBytes, handshake } });
  }
}

/** The head that decides; interim responses (1xx but 101) before it belong to the same exchange. */
function* readFinalHead(wire: Splice): Parser<{ response: ResponseHead; bytes: number }> {
  for (let bytes = 0; ; ) {
    const response = yield* readResponseHead(wire.emit);
    bytes += response.bytes;
    if (response.status >= 200 || response.status === 101) return { response, bytes };
  }
}

function switched(
  request: RequestHead | undefined,
  response: ResponseHead,
  sessions: Sessions,
): Upgraded | undefined {
  if (response.status === 101) return upgradeOf(request, response, sessions);
  const connected = request?.method === 'CONNECT' && response.status < 300;
  return connected ? tunnel : undefined;
}

function described(headers: Fields): Pick<Body, 'contentType' | 'coded' | 'hasCursor'> {
  const codings = `${headers.get('content-encoding') ?? ''},${headers.get('transfer-encoding') ?? ''}`;
  const coded = codings.split(',').some((coding) => !/^\s*(|identity|chunked)\s*$/i.test(coding));
  return { contentType: headers.get('content-type') ?? '', coded, hasCursor: headers.has(cursorHeader) };
}
