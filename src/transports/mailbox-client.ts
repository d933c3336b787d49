/**
 * What polling and long polling share: asking for the mailbox. The cursor in the answer is the next question,
 * so an answer that got lost is asked for again and nothing is lost with it.
 */
import { cursorHeader, decodeMailbox, paths } from '../protocols/contract.ts';
import { createHttpClient, payloadOf } from './http-client.ts';
import { HttpLost } from './http-exchange.ts';
import { below, type ConnectOptions, type PollCount } from './transport.ts';

export interface MailboxClient {
  /** Opens the mailbox: from now on the server keeps what this client has not read. */
  open(): Promise<void>;
  /** Asks once and hands on what there is. An idempotent GET that met a closing connection is retried once. */
  ask(): Promise<void>;
  count: { -readonly [Key in keyof PollCount]: number };
  destroy(): Promise<void>;
}

export function createMailboxClient(options: ConnectOptions, answerWithinMs: number): MailboxClient {
  const httpClient = createHttpClient(options, 1, answerWithinMs);
  const path = `${below(options, paths.mailbox)}?client=${options.client}`;
  const count = { made: 0, empty: 0, skipped: 0 };
  let cursor: string | undefined;

  const get = async () => {
    const answer = await httpClient.exchange({
      method: 'GET',
      path: cursor ? `${path}&cursor=${cursor}` : path,
    });
    if (answer.status !== 200 && answer.status !== 204) throw new Error(`poll answered ${answer.status}`);
    // A proxy may make a torn answer look whole: what cannot be read is not acknowledged, and so comes again.
    const messages = decodeMailbox(answer.body);
    cursor = String(answer.headers[cursorHeader]);
    return { ...answer, messages };
  };

  return {
    count,
    open: async () => void (await get()),
    async ask() {
      count.made++;
      const { status, headers, messages } = await get().catch((error: unknown) => {
        if (!(error instanceof HttpLost)) throw error;
        options.onError('retried');
        return get();
      });
      if (status === 204) count.empty++;
      for (const bytes of messages) options.onMessage(payloadOf(Buffer.from(bytes), headers['content-type']));
    },
    destroy: () => httpClient.destroy(),
  };
}
