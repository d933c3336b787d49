/**
 * Server-Sent Events (WHATWG HTML §9.2), the client's side: one GET whose response never ends, and a POST for
 * every message upstream. When the stream breaks, the client reconnects after `retry`; in the variant
 * `sse:resume` it sends the id of the last event it received, and the server replays the rest.
 */
import { sleepRoughly } from '../base/clock.ts';
import { sseEventBytes } from '../laws/sse.ts';
import { paths } from '../protocols/contract.ts';
import { createHttpClient, createUpstream } from './http-client.ts';
import type { HttpClient } from './http-exchange.ts';
import { messageOf } from './sse-event.ts';
import {
  asClient,
  type Connection,
  type ConnectOptions,
  noPolls,
  type Traits,
  type Transport,
  usual,
} from './transport.ts';

/** Chromium and WebKit wait this long unless the server sends `retry`; Firefox waits five seconds. */
const defaultRetryMs = 3000;

/** Any status other than 200 ends an EventSource for good (WHATWG HTML §9.2.3). */
class Failed extends Error {
  constructor(status: number) {
    super(`the event stream answered ${status}`);
  }
}

type Body = AsyncIterable<Buffer>;

/** An EventSource over our sockets: it requests and reads a stream, and keeps `id` and `retry` for the next one. */
function eventSource(options: ConnectOptions, httpClient: HttpClient) {
  let lastEventId = '';
  let retryMs = defaultRetryMs;
  return {
    async open(): Promise<Body> {
      const headers = { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) };
      const { statusCode, body } = await httpClient.request({
        method: 'GET',
        path: asClient(options, paths.events),
        headers,
      });
      if (statusCode !== 200) throw new Failed(statusCode);
      return body;
    },
    async read(body: Body): Promise<void> {
      const parser = options.library('eventsource-parser').createParser({
        onEvent(event) {
          // An empty id counts, too: it resets the last event id (WHATWG HTML §9.2.6).
          if (event.id !== undefined) lastEventId = event.id;
          options.onMessage(messageOf(event));
        },
        onRetry: (ms) => {
          retryMs = ms;
        },
      });
      // One decoder for the whole stream: a chunk may end in the middle of a character.
      const decoder = new TextDecoder();
      for await (const bytes of body) parser.feed(decoder.decode(bytes, { stream: true }));
    },
    retry: () => sleepRoughly(options.clock, options.clock.now() + retryMs * 1e6),
  };
}

async function connect(options: ConnectOptions): Promise<Connection> {
  const httpClient = createHttpClient(options, 1);
  const upstream = createUpstream(options);
  const source = eventSource(options, httpClient);
  let closed = false;
  const listenAlways = async (first: Body) => {
    let attempts = 0;
    for (let body: Body | null = first; !closed; ) {
      try {
        if (!body) {
          body = await source.open();
          options.onBack?.(attempts);
          attempts = 0;
        }
        await source.read(body);
      } catch (error) {
        if (error instanceof Failed && !closed) {
          options.onError('closed-for-good');
          return options.onGaveUp?.();
        }
        // An EventSource treats a broken stream like one that ended: it reconnects later.
      }
      if (closed) return;
      body = null;
      options.onError('stream-ended');
      await source.retry();
      attempts++;
    }
  };
  void listenAlways(await source.open());

  return {
    send: upstream.post,
    quiet: upstream.quiet,
    polls: noPolls,
    pollGrid: null,
    async close() {
      closed = true;
      await Promise.all([httpClient.destroy(), upstream.destroy()]);
    },
  };
}

const traits = {
  ...usual,
  heartbeats: true,
  comesBack: 'eventsource',
  roundTripsToConnect: 2,
  setupRequests: [1],
  connections: [2, 2],
  eventOverhead: sseEventBytes({ payloadBytes: 0 }),
  keptBesides: 310,
  laws: ['SSE1', 'SSE2', 'SSE3', 'BY3', 'SIO6', 'OUT'],
} satisfies Traits;

export const sse = {
  name: 'sse',
  aliases: ['eventsource', 'server-sent-events'],
  server: 'sse',
  libraries: ['undici', 'eventsource-parser'],
  traits,
  connect,
} satisfies Transport;

/**
 * The same with event ids: each event has one line more, and a broken stream loses nothing. Ids get longer, so no exact
 * law predicts the bytes of an event.
 */
export const sseResume = {
  name: 'sse:resume',
  aliases: ['eventsource:resume'],
  server: 'sse',
  libraries: ['undici', 'eventsource-parser'],
  traits: {
    ...traits,
    inAll: false,
    resume: true,
    replays: true,
    laws: ['SSE1', 'SIO6', 'OUT'],
  },
  connect,
} satisfies Transport;
