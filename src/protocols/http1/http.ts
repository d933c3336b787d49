/**
 * Both directions of an HTTP/1.1 connection (RFC 9112): requests upward, responses downward in the same
 * order (§9.3), until a 101 or a CONNECT gives the connection to another protocol. A response is read in the
 * light of its request: its method says whether there is a body, its target what the body means.
 */

import type { Conversation, Dissect, Listener } from '../../wire/conversation.ts';
import {
  type Fields,
  type Message,
  openRequest,
  openResponse,
  outermost,
  type Request,
  type Response,
  type WireConnection,
} from '../../wire/message.ts';
import { type Parser, until } from '../../wire/reader.ts';
import type { Span } from '../../wire/span.ts';
import { feedSpliced, type Splice } from '../../wire/splice.ts';
import { codingOf } from '../coding/content-coding.ts';
import { cursorHeader } from '../contract.ts';
import { createSessions, type Sessions } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { type Body, dissectorOf } from './body.ts';
import { readBody, requestFraming, responseFraming } from './http-body.ts';
import { readRequestHead, readResponseHead } from './http-head.ts';
import { tunnel, type Upgraded, upgradeOf } from './upgrade.ts';
import { isHandshake } from './upgrade-outcome.ts';

/** A request on its way to becoming an exchange. */
interface Pending {
  readonly request: Request;
  /** Whether the connection stays HTTP after the response; only that of an upgrade matters. */
  outcome: 'undecided' | 'stays-http' | Upgraded;
  /** Halves of the exchange that are complete. */
  halves: number;
}

/** What the two directions know of each other. */
interface Talk {
  readonly connection: WireConnection;
  readonly sessions: Sessions;
  /** Requests whose responses have not come, oldest first. */
  readonly unanswered: Pending[];
  /** One half of an exchange is complete. */
  settle(pending: Pending): void;
}

/** One connection, of which no other is known. */
export const httpConversation: Dissect<Layer> = (listener, ordinal) => httpConversations()(listener, ordinal);

/** For each of the connections of the same peers: they know what was said on the others. */
export const httpConversations = (): Dissect<Layer> => {
  const sessions = createSessions();
  return (listener, ordinal = 0) => conversation(sessions, listener, { ordinal, messages: 0 });
};

function conversation(
  sessions: Sessions,
  listener: Listener<Layer>,
  connection: WireConnection,
): Conversation {
  const talk: Talk = {
    connection,
    sessions,
    unanswered: [],
    settle(pending) {
      const { request } = pending;
      if (++pending.halves === 2 && request.peer) listener.answered?.(request, request.peer);
    },
  };
  const tell = (span: Span<Layer>) => {
    for (let one: Message | null = span.message; one; one = one.parent) one.bytes += span.length;
    listener.tell(span);
  };
  const [before, after] = [outermost(connection, 'up', 'unread'), outermost(connection, 'down', 'unread')];
  const up = feedSpliced(tell, before, (wire: Splice<Layer>) => requests(wire, before, talk));
  const wake = () => up.push(new Uint8Array(0));
  const down = feedSpliced(tell, after, (wire: Splice<Layer>) => responses(wire, after, talk, wake));
  return {
    push: (direction, bytes) => (direction === 'up' ? up : down).push(bytes),
    end() {
      up.end();
      down.end();
    },
  };
}

function* requests(wire: Splice<Layer>, nothing: Message, talk: Talk): Parser {
  for (let before = nothing; ; ) {
    const request: Request = yield* readRequestHead(wire.tell, before, (method, target) =>
      openRequest(talk.connection, method, target),
    );
    before = request;
    const pending: Pending = { request, outcome: 'undecided', halves: 0 };
    talk.unanswered.push(pending);
    const { method, headers } = request;
    const body: Body = { direction: 'up', ...about(request), status: 0, ...described(headers) };
    yield* readBody(wire, request, requestFraming(headers), dissectorOf(body, talk.sessions));
    talk.settle(pending);
    if (method !== 'CONNECT' && !headers.has('upgrade')) continue;
    // Whose language comes next is for the server to say: until then nothing can be read.
    yield* until(() => pending.outcome !== 'undecided');
    if (typeof pending.outcome === 'function') yield* pending.outcome(wire, request);
  }
}

function* responses(wire: Splice<Layer>, nothing: Message, talk: Talk, wake: () => void): Parser {
  for (let before = nothing; ; ) {
    const response: Response = yield* readFinalHead(wire, before, talk);
    before = response;
    const pending = response.peer && talk.unanswered.shift();
    const { status, headers, peer } = response;
    const upgraded = switched(response, talk.sessions);
    if (upgraded && pending) talk.settle(pending);
    if (pending) pending.outcome = upgraded ?? 'stays-http';
    wake();
    if (upgraded) yield* upgraded(wire, response);
    const asked = about(peer);
    const body: Body = { direction: 'down', ...asked, status, ...described(headers) };
    const framing = responseFraming(headers, status, asked.method);
    yield* readBody(wire, response, framing, dissectorOf(body, talk.sessions));
    if (pending) talk.settle(pending);
  }
}

/** The head that decides; interim responses (1xx but 101) before it belong to the same response. */
function* readFinalHead(wire: Splice<Layer>, before: Message, talk: Talk): Parser<Response> {
  let response: Response | undefined;
  for (;;) {
    response = yield* readResponseHead(wire.tell, response ?? before, (status) => {
      const begun = response ?? openResponse(talk.connection, talk.unanswered[0]?.request ?? null);
      begun.status = status;
      begun.headers.clear();
      return begun;
    });
    if (response.status >= 200 || response.status === 101) return response;
  }
}

function switched(response: Response, sessions: Sessions): Upgraded | undefined {
  if (response.status === 101) return upgradeOf(response, sessions);
  const connected = response.peer?.method === 'CONNECT' && response.status < 300;
  return connected ? tunnel : undefined;
}

/** What a body is read in the light of; where nobody asked, of a plain GET. */
const about = (request: Request | null): Pick<Body, 'method' | 'target' | 'isHandshake'> => ({
  method: request?.method ?? 'GET',
  target: request?.target ?? '',
  isHandshake: request !== null && isHandshake(request.headers),
});

function described(headers: Fields): Pick<Body, 'contentType' | 'coding' | 'hasCursor'> {
  const coding = codingOf(headers.get('content-encoding'), headers.get('transfer-encoding'));
  return { contentType: headers.get('content-type') ?? '', coding, hasCursor: headers.has(cursorHeader) };
}
