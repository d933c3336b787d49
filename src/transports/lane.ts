/**
 * A lane is the HTTP client of one direction: undici over the tapped dialer. Polling, long polling and SSE use
 * two, as a browser would end up doing: one connection for what comes down, others for the POSTs that go up.
 */
import { type Dispatcher, Pool } from 'undici';
import { contentTypeOf, contentTypes, type Payload, paths } from '../protocol.ts';
import { connectionsPerOrigin } from '../wire/dialer.ts';
import { authority, type ConnectOptions } from './transport.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

export interface Lane {
  request(options: Omit<Dispatcher.RequestOptions, 'origin'>): Promise<Dispatcher.ResponseData>;
  /** One request, its whole answer. */
  exchange(options: Omit<Dispatcher.RequestOptions, 'origin'>): Promise<Answer>;
  /** Ends at once; a request still under way fails. */
  destroy(): Promise<void>;
}

export function createLane(options: ConnectOptions, connections: number, answerWithinMs = 30_000): Lane {
  const pool = new Pool(`http://${authority(options)}`, {
    connections,
    // 0 tells undici to send `Connection: close` and to use each connection once.
    pipelining: options.keepAlive ? 1 : 0,
    connect: (target, done) =>
      options.dialer.connector(target, (error, socket) => (socket ? done(null, socket) : done(error ?? new Error(), null))),
    headersTimeout: answerWithinMs,
    // A stream may be silent for as long as it likes.
    bodyTimeout: 0,
  });
  return {
    request: (request) => pool.request(request),
    async exchange(request) {
      const { statusCode, headers, body } = await pool.request(request);
      return { status: statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
    },
    destroy: () => pool.destroy().catch(() => {}),
  };
}

export interface Upstream {
  /** One POST, whose body is the message itself. Rejects when the server did not take it. */
  post(data: Payload): Promise<void>;
  /** Resolves when no POST is under way. */
  quiet(): Promise<void>;
  destroy(): Promise<void>;
}

/** The way up for transports whose stream only goes down. POSTs that overlap take connections of their own. */
export function createUpstream(options: ConnectOptions): Upstream {
  const lane = createLane(options, connectionsPerOrigin - 1);
  const path = `${paths.message}?client=${options.client}`;
  const pending = new Set<Promise<unknown>>();
  return {
    async post(data) {
      const posted = lane.exchange({ method: 'POST', path, headers: { 'content-type': contentTypeOf(data) }, body: data });
      pending.add(posted);
      const { status } = await posted.finally(() => pending.delete(posted));
      if (status >= 300) throw new Error(`POST answered ${status}`);
    },
    async quiet() {
      while (pending.size > 0) await Promise.allSettled(pending);
    },
    destroy: () => lane.destroy(),
  };
}

/** Reads a message out of HTTP bytes: the content type says whether it was text. */
export const payloadOf = (bytes: Buffer, contentType: unknown): Payload =>
  contentType === contentTypes.text ? bytes.toString() : bytes;
