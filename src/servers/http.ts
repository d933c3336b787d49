/**
 * The HTTP reference: a plain keep-alive POST with the answer in its response, for applications that need no push. The
 * server cannot send first, so if the behaviour does not answer at once, the client gets 204.
 */
import { contentTypeOf, contentTypes, type Payload, paths } from '../protocols/contract.ts';
import { readMessage, routeServer } from './http-routes.ts';
import { startable } from './listening.ts';
import { recogniser } from './sent-again.ts';

export const server = startable({
  name: 'http',
  create(behaviour, options) {
    const isAgain = recogniser(options);
    return routeServer(
      {
        [`POST ${paths.echo}`](request, response) {
          readMessage(request, response, options.maxMessageBytes, (data) => {
            const send = (answer: Payload) => {
              const body = Buffer.from(answer);
              response
                .writeHead(200, { 'content-type': contentTypeOf(answer), 'content-length': body.length })
                .end(body);
            };
            // A repeated request is counted, and answered all the same.
            isAgain(data);
            behaviour.message({ send }, data);
            if (!response.writableEnded) response.writeHead(204).end();
          });
        },
      },
      options,
    );
  },
  tryIt: (origin) => [
    `curl -i -H 'content-type: ${contentTypes.text}' -d hello 'http://${origin}${paths.echo}'`,
  ],
});
