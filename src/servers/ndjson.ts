/**
 * Fetch streaming: one response that never ends, a line of JSON a message (NDJSON, github.com/ndjson/ndjson-spec). What
 * Server-Sent Events do without their standard: no event ids, no retry, nobody who comes back. The client speaks
 * through a POST of its own, because a response only goes down.
 */
import { contentTypes, type Payload, paths } from '../protocols/contract.ts';
import { beginStream, readMessage, routeServer } from './http-routes.ts';
import { startable } from './listening.ts';
import { recogniser } from './sent-again.ts';
import type { Peer } from './server.ts';

/** No message: a reader of lines reads past it. */
const emptyLine = '\n';

export const server = startable({
  name: 'ndjson',
  create(behaviour, options) {
    const { heartbeatMs } = options;
    const isAgain = recogniser(options);
    const streams = new Map<string, Peer>();
    return routeServer(
      {
        [`GET ${paths.stream}`](_request, response, query) {
          const client = query.get('client') ?? '';
          const stream: Peer = { send: (data) => void response.write(lineOf(data)) };
          beginStream(response, contentTypes.ndjson, emptyLine);
          streams.set(client, stream);
          behaviour.joined(stream);
          // It keeps proxies and timeouts from closing a quiet stream.
          const heartbeat = heartbeatMs && setInterval(() => response.write(emptyLine), heartbeatMs);
          response.once('close', () => {
            if (heartbeat) clearInterval(heartbeat);
            if (streams.get(client) === stream) streams.delete(client);
            behaviour.left(stream);
          });
        },
        [`POST ${paths.message}`](request, response, query) {
          readMessage(request, response, options.maxMessageBytes, (data) => {
            // Who has no stream could not be answered, and nothing would say when they leave.
            const from = streams.get(query.get('client') ?? '');
            if (from && !isAgain(data)) behaviour.message(from, data);
            response.writeHead(from ? 204 : 404).end();
          });
        },
      },
      options,
    );
  },
  tryIt: (origin) => [
    `curl -N 'http://${origin}${paths.stream}?client=me'    (stays open; then, from another terminal:)`,
    `curl -i -H 'content-type: ${contentTypes.text}' -d hello 'http://${origin}${paths.message}?client=me'`,
  ],
});

/** Text is a JSON string; bytes are base64, in an object that says so. */
const lineOf = (data: Payload): string =>
  typeof data === 'string'
    ? `${JSON.stringify(data)}\n`
    : `{"base64":"${Buffer.from(data).toString('base64')}"}\n`;
