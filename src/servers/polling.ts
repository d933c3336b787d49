/**
 * HTTP polling. The client asks again and again; the server answers at once with what waits in the client's mailbox, or
 * with 204 No Content. It can never send first.
 */
import { contentTypes, paths } from '../protocols/contract.ts';
import { readMessage, routeServer } from './http-routes.ts';
import { startable } from './listening.ts';
import { answerPoll, createMailboxes } from './mailbox.ts';
import { recogniser } from './sent-again.ts';

export const server = startable({
  name: 'polling',
  create(behaviour, options) {
    const mailboxes = createMailboxes(behaviour, options.mailboxSilenceMs);
    const isAgain = recogniser(options);
    return routeServer(
      {
        [`GET ${paths.mailbox}`](_request, response, query) {
          const mailbox = mailboxes.of(query.get('client') ?? '');
          mailbox.acknowledge(Number(query.get('cursor')));
          answerPoll(response, mailbox);
        },
        [`POST ${paths.message}`](request, response, query) {
          readMessage(request, response, options.maxMessageBytes, (data) => {
            if (!isAgain(data)) behaviour.message(mailboxes.of(query.get('client') ?? ''), data);
            response.writeHead(204).end();
          });
        },
      },
      options,
    );
  },
  tryIt: (origin) => [
    `curl -i 'http://${origin}${paths.mailbox}?client=me'`,
    `curl -i -H 'content-type: ${contentTypes.text}' -d hello 'http://${origin}${paths.message}?client=me'`,
    `curl -i 'http://${origin}${paths.mailbox}?client=me&cursor=0'`,
  ],
});
