/**
 * Server-Sent Events (WHATWG HTML §9.2). One response that never ends: each message is an event on it. The
 * client sends each message in a POST, because an event stream only goes down.
 */
import { contentTypes, type Payload, paths } from '../protocols/contract.ts';
import { beginStream, readMessage, routeServer } from './http-routes.ts';
import type { HttpReply } from './http-server.ts';
import { startable } from './listening.ts';
import { recogniser } from './sent-again.ts';
import type { Peer } from './server.ts';
import { formatEvent } from './sse-event.ts';

/** No event: EventSource ignores a comment. */
const comment = ':\n\n';

/** Sender of a message that names no client: it has no stream on which an answer could go. */
const nobody: Peer = { send() {} };

/** How many past events `sse:resume` keeps for a client that comes back. */
const historyLimit = 10_000;

interface Stream extends Peer {
  response: HttpReply | null;
  /** Events sent so far; the id of the newest one. */
  lastId: number;
  history: { id: number; data: Payload }[];
}

export const server = startable({
  name: 'sse',
  create(behaviour, options) {
    const { resume, heartbeatMs } = options;
    const streams = new Map<string | symbol, Stream>();
    const isAgain = recogniser(options);

    const streamOf = (client: string | symbol): Stream => {
      const known = streams.get(client);
      if (known) return known;
      const stream: Stream = {
        response: null,
        lastId: 0,
        history: [],
        send(data) {
          const id = ++stream.lastId;
          if (resume && stream.history.push({ id, data }) > historyLimit) stream.history.shift();
          stream.response?.write(formatEvent(data, resume ? id : null));
        },
      };
      streams.set(client, stream);
      behaviour.joined(stream);
      return stream;
    };

    const server = routeServer(
      {
        [`GET ${paths.events}`](request, response, query) {
          // Each request without a name is a client of its own: a common name would give the first's stream to the
          // second.
          const client = query.get('client') ?? Symbol();
          const stream = streamOf(client);
          beginStream(response, 'text/event-stream', comment);
          stream.response = response;
          const seen = Number(request.headers['last-event-id'] ?? stream.lastId);
          for (const { id, data } of stream.history) if (id > seen) response.write(formatEvent(data, id));
          // Without it proxies and time-outs would close a quiet stream.
          const heartbeat = heartbeatMs && setInterval(() => response.write(comment), heartbeatMs);
          response.once('close', () => {
            if (heartbeat) clearInterval(heartbeat);
            if (stream.response !== response) return;
            stream.response = null;
            // With ids the stream outlives its connection: the client may reconnect under its name and ask for the
            // rest.
            if (resume && typeof client === 'string') return;
            streams.delete(client);
            behaviour.left(stream);
          });
        },
        [`POST ${paths.message}`](request, response, query) {
          readMessage(request, response, options.maxMessageBytes, (data) => {
            const client = query.get('client');
            // A client that gives its name expects an answer, which needs a stream.
            const from = client === null ? nobody : streams.get(client);
            if (from && !isAgain(data)) behaviour.message(from, data);
            response.writeHead(from ? 204 : 404).end();
          });
        },
      },
      options,
    );
    return server;
  },
  tryIt: (origin) => [
    `curl -N 'http://${origin}${paths.events}?client=me'    (stays open; then, from another terminal:)`,
    `curl -i -H 'content-type: ${contentTypes.text}' -d hello 'http://${origin}${paths.message}?client=me'`,
    `or open http://${origin}/ in a browser and type into its console:`,
    `new EventSource('${paths.events}?client=me').onmessage = (event) => console.log(event.data)`,
  ],
});
