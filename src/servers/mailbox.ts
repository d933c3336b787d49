/**
 * A mailbox holds what a client has not fetched yet. Messages stay until the client sends the cursor up to which it has
 * read, so after a lost response it simply asks again.
 */
import { contentTypeOf, cursorHeader, encodeMailbox, type Payload } from '../protocols/contract.ts';
import type { HttpReply } from './http-server.ts';
import type { Behaviour, Peer } from './server.ts';

export interface Mailbox extends Peer {
  /** Forgets everything below the cursor; a cursor that this mailbox has never given out changes nothing. */
  acknowledge(cursor: number): void;
  /** The cursor of the oldest message still kept. */
  cursor(): number;
  /** The waiting messages, up to the first that differs in kind, text or binary: a response has one content type. */
  waiting(): Payload[];
  /** Called at each arrival; long polling answers from here. */
  arrived: () => void;
}

function createMailbox(limit = 100_000): Mailbox {
  let first = 0;
  let messages: Payload[] = [];
  const mailbox: Mailbox = {
    send(data) {
      messages.push(data);
      if (messages.length > limit) {
        messages.shift();
        first++;
      }
      mailbox.arrived();
    },
    acknowledge(cursor) {
      if (!(cursor > first && cursor <= first + messages.length)) return;
      messages = messages.slice(cursor - first);
      first = cursor;
    },
    cursor: () => first,
    waiting() {
      const kind = typeof messages[0];
      const other = messages.findIndex((message) => typeof message !== kind);
      return other < 0 ? messages : messages.slice(0, other);
    },
    arrived: () => {},
  };
  return mailbox;
}

/**
 * Answers a poll, held or not, with all that waits, or with 204. The client sends the header's cursor with its next
 * poll.
 */
export function answerPoll(response: HttpReply, mailbox: Mailbox): void {
  const messages = mailbox.waiting();
  if (messages.length === 0) {
    response.writeHead(204, { [cursorHeader]: mailbox.cursor() }).end();
    return;
  }
  const body = encodeMailbox(messages);
  response
    .writeHead(200, {
      'content-type': contentTypeOf(messages[0] ?? ''),
      'content-length': body.length,
      [cursorHeader]: mailbox.cursor() + messages.length,
    })
    .end(body);
}

/**
 * The mailboxes of all clients, by client id. A client that stops polling counts as gone: with HTTP no connection's end
 * tells the server so.
 */
export function createMailboxes(behaviour: Behaviour, silenceMs: number) {
  const boxes = new Map<string, { mailbox: Mailbox; lastAsked: number }>();
  const sweep = setInterval(() => {
    const oldest = performance.now() - silenceMs;
    for (const [id, { mailbox, lastAsked }] of boxes) {
      if (lastAsked >= oldest) continue;
      boxes.delete(id);
      behaviour.left(mailbox);
    }
  }, silenceMs / 2);
  sweep.unref();
  return {
    of(client: string): Mailbox {
      const known = boxes.get(client);
      if (known) {
        known.lastAsked = performance.now();
        return known.mailbox;
      }
      const mailbox = createMailbox();
      boxes.set(client, { mailbox, lastAsked: performance.now() });
      behaviour.joined(mailbox);
      return mailbox;
    },
  };
}
