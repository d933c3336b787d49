/**
 * An event stream in the answer to a POST: what `fetch` reads where an application streams an answer, and what
 * EventSource cannot ask for, because it only sends GET. One request, one answer, and the answer has an end.
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
                // With the first piece, in one write: nobody has to be answered before.
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
            // It closes when it has ended, and when its client has gone: nothing else says that nobody reads it.
            response.once('close', () => behaviour.left(asker));
            // Who asks again wants the answer, too.
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
