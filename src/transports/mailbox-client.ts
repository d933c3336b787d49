/**
 * What polling and long polling share: getting the mailbox. Each request has the cursor of the last response, so a
 * response that was lost is requested again, and no message is lost with it.
 */
import { cursorHeader, decodeMailbox, type Payload, paths } from '../protocols/contract.ts';
import { createHttpClient, payloadOf } from './http-client.ts';
import { type HttpAnswer, HttpLost } from './http-exchange.ts';
import { asClient, below, type ConnectOptions, type PollCount } from './transport.ts';

export interface MailboxClient {
  /** Opens the mailbox: from now on the server keeps messages that this client has not read. */
  open(): Promise<void>;
  /** Polls once and passes on the messages. The GET is idempotent: it is retried once if its connection was lost. */
  ask(): Promise<void>;
  count: { -readonly [Key in keyof PollCount]: number };
  destroy(): Promise<void>;
}

/** How a mailbox is requested, and how a response is read. */
interface Dialect {
  ask(cursor: string | undefined): string;
  read(answer: Pick<HttpAnswer, 'headers' | 'body'>): {
    readonly cursor: string;
    readonly messages: readonly Payload[];
  };
}

function ourMailbox(options: ConnectOptions): Dialect {
  const path = asClient(options, paths.mailbox);
  return {
    ask: (cursor) => (cursor ? `${path}&cursor=${cursor}` : path),
    read: ({ headers, body }) => ({
      cursor: String(headers[cursorHeader]),
      messages: decodeMailbox(body).map((bytes) => payloadOf(Buffer.from(bytes), headers['content-type'])),
    }),
  };
}

/** Format (d) of docs/wire-formats.md. Throws if a response does not have it. */
function plainMailbox(options: ConnectOptions): Dialect {
  const path = below(options, '/poll');
  return {
    ask: (cursor) => (cursor ? `${path}?cursor=${cursor}` : path),
    read({ body }) {
      const { cursor, messages } = JSON.parse(body.toString()) as { cursor?: unknown; messages?: unknown };
      if (!Number.isInteger(cursor) || !Array.isArray(messages))
        throw new Error('a poll was not answered with a cursor and a list of messages');
      return { cursor: String(cursor), messages: messages.map(String) };
    },
  };
}

export function createMailboxClient(options: ConnectOptions, answerWithinMs: number): MailboxClient {
  const httpClient = createHttpClient(options, 1, answerWithinMs);
  const { ask, read } = options.isPlain ? plainMailbox(options) : ourMailbox(options);
  const count = { made: 0, empty: 0, skipped: 0 };
  let cursor: string | undefined;

  const get = async () => {
    const answer = await httpClient.exchange({ method: 'GET', path: ask(cursor) });
    if (answer.status !== 200 && answer.status !== 204) throw new Error(`poll answered ${answer.status}`);
    // A proxy may make a torn response look complete. If it cannot be read, the cursor stays and requests it again.
    const found = read(answer);
    cursor = found.cursor;
    return found.messages;
  };

  return {
    count,
    open: async () => void (await get()),
    async ask() {
      count.made++;
      const messages = await get().catch((error: unknown) => {
        if (!(error instanceof HttpLost)) throw error;
        options.onError('retried');
        return get();
      });
      if (messages.length === 0) count.empty++;
      for (const message of messages) options.onMessage(message);
    },
    destroy: () => httpClient.destroy(),
  };
}
