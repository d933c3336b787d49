/**
 * What polling and long polling share: asking for the mailbox. The cursor in the answer is the next question,
 * so an answer that got lost is asked for again and nothing is lost with it.
 */
import { cursorHeader, decodeMailbox, type Payload, paths } from '../protocols/contract.ts';
import { createHttpClient, payloadOf } from './http-client.ts';
import { type HttpAnswer, HttpLost } from './http-exchange.ts';
import { asClient, below, type ConnectOptions, type PollCount } from './transport.ts';

export interface MailboxClient {
  /** Opens the mailbox: from now on the server keeps what this client has not read. */
  open(): Promise<void>;
  /** Asks once and hands on what there is. An idempotent GET that met a closing connection is retried once. */
  ask(): Promise<void>;
  count: { -readonly [Key in keyof PollCount]: number };
  destroy(): Promise<void>;
}

/** How a mailbox is asked for, and what an answer says. */
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

/** Format (d) of docs/wire-formats.md. Throws where an answer is not what it says. */
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
    // A proxy may make a torn answer look whole: what cannot be read is not acknowledged, and so comes again.
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
