/**
 * Fetch streaming: one response that never ends, with a line of JSON for each message (NDJSON,
 * github.com/ndjson/ndjson-spec). Like Server-Sent Events without their standard: no event ids, no retry, and no client
 * that reconnects by itself. The client sends each message in a POST, because a response only goes down.
 */
import { contentTypes, type Payload, paths } from '../protocols/contract.ts';
import { beginStream, readMessage, routeServer } from './http-routes.ts';
import { startable } from './listening.ts';
import { recogniser } from './sent-again.ts';
import type { Peer } from './server.ts';

/** No message: readers ignore an empty line. */
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
          // Without it proxies and time-outs would close a quiet stream.
          const heartbeat = heartbeatMs && setInterval(() => response.write(emptyLine), heartbeatMs);
          response.once('close', () => {
            if (heartbeat) clearInterval(heartbeat);
            if (streams.get(client) === stream) streams.delete(client);
            behaviour.left(stream);
          });
        },
        [`POST ${paths.message}`](request, response, query) {
          readMessage(request, response, options.maxMessageBytes, (data) => {
            // A client without a stream could not be answered, and its leaving would go unnoticed.
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

/** Text is a JSON string; bytes are base64 in an object with the key `base64`. */
const lineOf = (data: Payload): string =>
  typeof data === 'string'
    ? `${JSON.stringify(data)}\n`
    : `{"base64":"${Buffer.from(data).toString('base64')}"}\n`;
