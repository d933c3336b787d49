/**
 * An event stream in the response to a POST, the client's side: `fetch` and a parser of events, as in applications that
 * stream an answer (OpenAI's API with `stream: true`, MCP's Streamable HTTP, the library fetch-event-source). To stop
 * the stream the client aborts the request, which over HTTP/1.1 closes its connection.
 */
import { contentTypeOf, type Payload, paths } from '../protocols/contract.ts';
import { connectionsPerOrigin } from '../tap/dialer.ts';
import { createHttpClient, createPending } from './http-client.ts';
import { messageOf } from './sse-event.ts';
import { below, type Connection, type ConnectOptions, noPolls, type Transport, usual } from './transport.ts';

async function connect(options: ConnectOptions): Promise<Connection> {
  const httpClient = createHttpClient(options, connectionsPerOrigin);
  const pending = createPending(options);
  const { createParser } = options.library('eventsource-parser');
  let breaking = new AbortController();

  const ask = async (data: Payload) => {
    const { signal } = breaking;
    const parser = createParser({ onEvent: (event) => options.onMessage(messageOf(event)) });
    // One decoder for the whole response: a chunk may end in the middle of a character.
    const decoder = new TextDecoder();
    let status = 0;
    const request = {
      method: 'POST',
      path: below(options, paths.answer),
      headers: { accept: 'text/event-stream', 'content-type': contentTypeOf(data) },
      body: data,
    } as const;
    try {
      await httpClient.stream(request, {
        signal,
        onHead: (one) => {
          status = one;
        },
        onBytes: (bytes) => parser.feed(decoder.decode(bytes, { stream: true })),
      });
    } catch (error) {
      if (signal.aborted) return;
      // The server had accepted the request, so `send` succeeds; the incomplete answer is an error of its own.
      if (status !== 200) throw error;
      options.onError('stream-ended');
    }
    if (status !== 200) throw new Error(`POST answered ${status}`);
  };
  return {
    send: (data) => pending.track(ask(data)),
    quiet: pending.quiet,
    polls: noPolls,
    pollGrid: null,
    cancel() {
      const before = breaking;
      breaking = new AbortController();
      before.abort();
    },
    close: () => httpClient.destroy(),
  };
}

export const fetchSse = {
  name: 'fetch-sse',
  aliases: ['fetch-event-source', 'streamable-http', 'sse:post'],
  server: 'fetch-sse',
  libraries: ['undici', 'eventsource-parser'],
  traits: {
    ...usual,
    inAll: false,
    push: false,
    reconnects: false,
    roundTripsToConnect: 0,
    connectsInTurn: 0,
    setupRequests: [0],
    connections: [1, 1],
    laws: [],
  },
  connect,
} satisfies Transport;
