/**
 * The HTTP client of one direction: undici over the tapped dialer. Polling, long polling and SSE use
 * two, which is what a browser ends up with: one connection for messages down, others for the POSTs up.
 */
import type { Client } from 'undici';
import { contentTypeOf, contentTypes, type Payload, paths } from '../protocols/contract.ts';
import { isHttp2 } from '../protocols/over.ts';
import { connectionsPerOrigin, connectThrough } from '../tap/dialer.ts';
import {
  type ClientRequest,
  type HttpAnswer,
  type HttpClient,
  HttpLost,
  kindOf,
  type Taker,
} from './http-exchange.ts';
import { createHttp2Client } from './http2-client.ts';
import { headersFor } from './recorded-heads.ts';
import { asClient, type ConnectOptions, originUrl } from './transport.ts';

/**
 * Over HTTP/2, all requests are streams of one connection. Over HTTP/1.1, as in a browser: a request takes an idle
 * connection, or a new one while there are fewer than `connections`, or waits for the least busy. (undici's own Pool
 * dials anew when the last response has only just arrived.)
 */
export function createHttpClient(
  options: ConnectOptions,
  connections: number,
  answerWithinMs = 30_000,
): HttpClient {
  if (isHttp2(options.over)) return createHttp2Client(options, answerWithinMs);
  const open: { client: Client; busy: number }[] = [];
  const openOne = () => {
    const one = { client: createClient(options, answerWithinMs), busy: 0 };
    open.push(one);
    return one;
  };
  const leastBusy = () => {
    let best = open[0] ?? openOne();
    for (const one of open) if (one.busy < best.busy) best = one;
    return best.busy > 0 && open.length < connections ? openOne() : best;
  };
  const onOne = async <Result>(talk: (client: Client) => Promise<Result>): Promise<Result> => {
    const one = leastBusy();
    one.busy++;
    try {
      return await talk(one.client);
    } finally {
      one.busy--;
    }
  };
  return {
    request: (request) => leastBusy().client.request(withHeaders(request, options)),
    stream: (request, taker) =>
      onOne((client) => answerAsItComes(client, withHeaders(request, options), taker)),
    exchange: (request) => onOne((client) => wholeAnswer(client, withHeaders(request, options))),
    async destroy() {
      await Promise.allSettled(open.map(({ client }) => client.destroy()));
    },
  };
}

/** Through undici's `dispatch`: `request` makes a stream for every response, which costs half as much again. */
const wholeAnswer = (client: Client, request: ClientRequest): Promise<HttpAnswer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let headers: HttpAnswer['headers'] = {};
    client.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode, received) {
        status = statusCode;
        headers = received;
      },
      onResponseData: (_controller, chunk) => void chunks.push(chunk),
      onResponseEnd: () => resolve({ status, headers, body: Buffer.concat(chunks) }),
      onResponseError: (_controller, error) => reject(isLost(error) ? new HttpLost(error) : error),
    });
  });

const isLost = (error: Error & { code?: string }) => error.code === 'UND_ERR_SOCKET';

/** Passes bytes on in the turn in which the socket delivers them: none wait in a stream when a response is aborted. */
const answerAsItComes = (client: Client, request: ClientRequest, taker: Taker): Promise<void> =>
  new Promise((resolve, reject) => {
    let breakOff = () => {};
    const { signal } = taker;
    const ended = (settle: () => void) => {
      signal.removeEventListener('abort', breakOff);
      settle();
    };
    client.dispatch(request, {
      onRequestStart(controller) {
        breakOff = () => controller.abort(signal.reason);
        if (signal.aborted) breakOff();
        else signal.addEventListener('abort', breakOff, { once: true });
      },
      onResponseStart: (_controller, status, headers) => taker.onHead(status, headers),
      onResponseData: (_controller, chunk) => taker.onBytes(chunk),
      onResponseEnd: () => ended(resolve),
      onResponseError: (_controller, error) => ended(() => reject(error)),
    });
  });

/** The profile's headers first, so that a request's own win; the path in absolute form if a forward proxy needs it. */
function withHeaders(request: ClientRequest, options: ConnectOptions): ClientRequest {
  const { targetPrefix } = options.dialer;
  const headers = headersFor(options, kindOf(request));
  if (Object.keys(headers).length === 0 && targetPrefix === '') return request;
  return { ...request, path: targetPrefix + request.path, headers: { ...headers, ...request.headers } };
}

const createClient = (options: ConnectOptions, answerWithinMs: number): Client =>
  new (options.library('undici').Client)(originUrl('http', options), {
    // 0 tells undici to send `Connection: close` and to use each connection once.
    pipelining: options.keepAlive ? 1 : 0,
    connect: (_target, done) =>
      connectThrough(options.dialer, (error, socket) =>
        socket ? done(null, socket) : done(error ?? new Error(), null),
      ),
    headersTimeout: answerWithinMs,
    // A stream may be silent for any length of time.
    bodyTimeout: 0,
  });

export interface Upstream {
  /** One POST, whose body is the message itself. Rejects if the server did not accept it. */
  post(data: Payload): Promise<void>;
  /** Resolves with a time (ns) at which no POST was under way. */
  quiet(): Promise<number>;
  destroy(): Promise<void>;
}

/** Tracks requests under way; `quiet` resolves with a time at which there are none. */
export function createPending({ clock }: Pick<ConnectOptions, 'clock'>) {
  const pending = new Set<Promise<unknown>>();
  return {
    track<Result>(request: Promise<Result>): Promise<Result> {
      const tracked = request.finally(() => pending.delete(tracked));
      pending.add(tracked);
      return tracked;
    },
    async quiet(): Promise<number> {
      while (pending.size > 0) await Promise.allSettled(pending);
      return clock.now();
    },
  };
}

/** The way up for transports whose stream only goes down. POSTs that overlap use separate connections. */
export function createUpstream(options: ConnectOptions): Upstream {
  const httpClient = createHttpClient(options, connectionsPerOrigin - 1);
  const path = asClient(options, paths.message);
  const pending = createPending(options);
  return {
    async post(data) {
      const headers = { 'content-type': contentTypeOf(data) };
      const { status } = await pending.track(
        httpClient.exchange({ method: 'POST', path, headers, body: data }),
      );
      if (status >= 300) throw new Error(`POST answered ${status}`);
    },
    quiet: pending.quiet,
    destroy: () => httpClient.destroy(),
  };
}

/** Reads a message from an HTTP body: the content type says whether it is text. */
export const payloadOf = (bytes: Buffer, contentType: unknown): Payload =>
  contentType === contentTypes.text ? bytes.toString() : bytes;
