/**
 * Both directions of an HTTP/1.1 connection (RFC 9112): requests upward, responses downward in the same
 * order (§9.3), until a 101 or a CONNECT gives the connection to another protocol. A response is read in the
 * light of its request: its method says whether there is a body, its target what the body means.
 */

import { type Conversation, type Dissect, type Listener, weighing } from '../../wire/conversation.ts';
import {
  type Message,
  openRequest,
  openResponse,
  outermost,
  type Request,
  type Response,
  type WireConnection,
} from '../../wire/message.ts';
import { type Parser, until } from '../../wire/reader.ts';
import { feedSpliced, type Splice } from '../../wire/splice.ts';
import { createSessions, type Sessions } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { dissectorOf } from './body.ts';
import { requestBody, responseBody } from './body-of.ts';
import { readBody, requestFraming, responseFraming } from './http-body.ts';
import { readRequestHead, readResponseHead } from './http-head.ts';
import { switched, type Upgraded } from './upgrade.ts';

/** A request on its way to becoming an exchange. */
interface Pending {
  readonly request: Request;
  /** Whether the connection stays HTTP after the response; only that of an upgrade matters. */
  outcome: 'undecided' | 'stays-http' | Upgraded;
  /** Halves of the exchange that are complete. */
  halves: number;
}

/** State that both directions share. */
interface Talk {
  readonly connection: WireConnection;
  readonly sessions: Sessions;
  /** Requests whose responses have not come, oldest first. */
  readonly unanswered: Pending[];
  /** One half of an exchange is complete. */
  settle(pending: Pending): void;
}

/** For a single connection, read without knowledge of any other. */
export const httpConversation: Dissect<Layer> = (listener, ordinal) => httpConversations()(listener, ordinal);

/** For all connections of the same peers: they share their Engine.IO sessions. */
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
  const tell = weighing(listener.tell);
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
    const open = dissectorOf(requestBody(request), talk.sessions);
    yield* readBody(wire, request, requestFraming(headers), open);
    talk.settle(pending);
    if (method !== 'CONNECT' && !headers.has('upgrade')) continue;
    // The response decides which protocol follows: until then nothing can be read.
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
    const open = dissectorOf(responseBody(response), talk.sessions);
    yield* readBody(wire, response, responseFraming(headers, status, peer?.method ?? 'GET'), open);
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
      begun.spelled = '';
      return begun;
    });
    if (response.status >= 200 || response.status === 101) return response;
  }
}
