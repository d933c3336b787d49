/**
 * Chooses what reads the content of a stream, once its head is there: the dissectors of HTTP/1.1 bodies, or, after a
 * CONNECT, those of the protocol that the stream has switched to (RFC 9113 §8.5, RFC 8441).
 */
import type { Request, Response } from '../../wire/message.ts';
import { giveUp, type Open, type Parser, until } from '../../wire/reader.ts';
import { feedSpliced, type Splice } from '../../wire/splice.ts';
import type { Sessions } from '../engine-io/sessions.ts';
import { dissectorOf } from '../http1/body.ts';
import { requestBody, responseBody } from '../http1/body-of.ts';
import { readBody } from '../http1/http-body.ts';
import { switched } from '../http1/upgrade.ts';
import type { Layer } from '../layers.ts';
import type { StreamExchange, StreamExchanges } from './exchanges.ts';

interface Begun {
  readonly wire: Splice<Layer>;
  readonly exchange: StreamExchange;
  readonly exchanges: StreamExchanges;
  readonly sessions: Sessions;
  /** The head has END_STREAM: this side sends no content. */
  readonly endsStream: boolean;
}

export function openRequestContent(request: Request, begun: Begun): void {
  const { wire, exchange, exchanges, sessions, endsStream } = begun;
  if (exchange.outcome === 'undecided') {
    wire.enter(request, undecided(exchange, request, sessions));
    exchanges.settle(exchange, 'up');
  } else if (!endsStream || isMessageOfNone(request)) {
    wire.enter(request, dissectorOf(requestBody(request), sessions));
  }
  if (endsStream) exchanges.end(exchange, 'up');
}

/** An empty body is a message if the method is one that sends content, or if Content-Length is there. */
const isMessageOfNone = ({ method, headers }: Request): boolean =>
  headers.has('content-length') || /^(POST|PUT|PATCH)$/.test(method);

/** What the client sends after a CONNECT waits for the response, which says how to read it. */
const undecided =
  (exchange: StreamExchange, request: Request, sessions: Sessions): Open<Layer> =>
  (tell, message) =>
    feedSpliced(tell, message, function* (wire: Splice<Layer>): Parser {
      yield* until(() => exchange.outcome !== 'undecided');
      if (typeof exchange.outcome === 'function') return yield* exchange.outcome(wire, message);
      yield* readBody(wire, message, { kind: 'until-close' }, dissectorOf(requestBody(request), sessions));
      return yield* giveUp('torn');
    });

export function openResponseContent(response: Response, begun: Begun): void {
  const { wire, exchange, exchanges, sessions, endsStream } = begun;
  // The stream was reset before this response arrived: its content is not read.
  if (exchange.half.down !== 'head') return;
  exchange.half.down = 'content';
  const upgraded = switched(response, sessions);
  if (upgraded) {
    wire.enter(response, (tell, message) =>
      feedSpliced(tell, message, (wire: Splice<Layer>) => upgraded(wire, message)),
    );
    exchanges.settle(exchange, 'down');
  } else if (hasContent(response)) {
    wire.enter(response, dissectorOf(responseBody(response), sessions));
  }
  exchanges.decide(exchange, upgraded ?? 'stays-http');
  if (endsStream) exchanges.end(exchange, 'down');
}

const hasContent = ({ status, peer }: Response): boolean =>
  peer?.method !== 'HEAD' && status !== 204 && status !== 304;
