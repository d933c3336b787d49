/**
 * An event stream in the response to a POST: how applications stream an answer to `fetch`. EventSource cannot request
 * it, because it only sends GET. One request, one answer, and the answer has an end.
 */
import { contentTypes, type Payload, paths } from '../protocols/contract.ts';
import { readMessage, routeServer } from './http-routes.ts';
import { startable } from './listening.ts';
import { recogniser } from './sent-again.ts';
import type { Peer } from './server.ts';
import { formatEvent } from './sse-event.ts';

export const server = startable({
  name: 'fetch-sse',
  create(behaviour, options) {
    const isAgain = recogniser(options);
    return routeServer(
      {
        [`POST ${paths.answer}`](request, response) {
          readMessage(request, response, options.maxMessageBytes, (data) => {
            let goesOn = false;
            const asker: Peer = {
              send(piece: Payload) {
                // The head goes out with the first piece, in one write: the client needs no answer before.
                if (!response.headersSent)
                  response.writeHead(200, {
                    'content-type': 'text/event-stream',
                    'x-accel-buffering': 'no',
                  });
                response.write(formatEvent(piece, null));
              },
              goesOn() {
                goesOn = true;
                return () => void response.end();
              },
            };
            behaviour.joined(asker);
            // `close` comes when the response has ended, or when the client has gone; nothing else tells the latter.
            response.once('close', () => behaviour.left(asker));
            // A repeated request is counted, and answered all the same.
            isAgain(data);
            behaviour.message(asker, data);
            if (goesOn) return;
            if (!response.headersSent) response.writeHead(204);
            response.end();
          });
        },
      },
      options,
    );
  },
  tryIt: (origin) => [
    `curl -N -H 'content-type: ${contentTypes.text}' -d hello 'http://${origin}${paths.answer}'`,
  ],
});
