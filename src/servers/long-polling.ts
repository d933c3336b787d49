/**
 * Long polling (RFC 6202 §2). The client asks, and a server without messages holds the request until one arrives; then
 * it answers with all it has, and the client asks again. After `holdMs` without a message it answers 204, because
 * proxies give up on requests that take too long.
 */
import { contentTypes, paths } from '../protocols/contract.ts';
import { readMessage, routeServer } from './http-routes.ts';
import type { HttpReply } from './http-server.ts';
import { startable } from './listening.ts';
import { answerPoll, createMailboxes, type Mailbox } from './mailbox.ts';
import { recogniser } from './sent-again.ts';

export const server = startable({
  name: 'long-polling',
  create(behaviour, options) {
    const mailboxes = createMailboxes(behaviour, options.mailboxSilenceMs);
    const isAgain = recogniser(options);
    return routeServer(
      {
        [`GET ${paths.mailbox}`](_request, response, query) {
          const mailbox = mailboxes.of(query.get('client') ?? '');
          const cursor = query.get('cursor');
          mailbox.acknowledge(Number(cursor));
          // The first poll has no cursor and only opens the mailbox: it is answered at once.
          if (cursor === null || mailbox.waiting().length > 0) answerPoll(response, mailbox);
          else hold(response, mailbox, options.holdMs);
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
    `curl -i 'http://${origin}${paths.mailbox}?client=me&cursor=0'    (waits; then, from another terminal:)`,
    `curl -i -H 'content-type: ${contentTypes.text}' -d hello 'http://${origin}${paths.message}?client=me'`,
  ],
});

/** Holds the response until a message arrives, the time is up, or the client goes away. */
function hold(response: HttpReply, mailbox: Mailbox, holdMs: number) {
  mailbox.arrived(); // If the client polls twice, its older poll is answered first.
  const release = () => {
    mailbox.arrived = () => {};
    clearTimeout(timer);
  };
  const answer = () => {
    release();
    answerPoll(response, mailbox);
  };
  const timer = setTimeout(answer, holdMs);
  mailbox.arrived = answer;
  response.once('close', () => {
    if (mailbox.arrived === answer) release();
  });
}
