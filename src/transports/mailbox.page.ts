/** What polling and long polling share in a browser: `fetch` gets the mailbox, with the cursor of the last response. */
import { cursorHeader, paths } from '../protocols/endpoints.ts';
import { address, type LaneOptions } from './lane.page.ts';
import { readNetstrings } from './netstrings.page.ts';

export function openMailbox({ base, client, onMessage, onState }: LaneOptions) {
  const leaving = new AbortController();
  const url = address(base, paths.mailbox, client);
  let cursor: string | null = null;
  const count = { made: 0, empty: 0, skipped: 0 };
  return {
    signal: leaving.signal,
    count,
    /** Polls once. False if there was no usable response: the caller then polls again with the same cursor. */
    async ask(): Promise<boolean> {
      if (cursor !== null) count.made++;
      try {
        const target = cursor === null ? url : `${url}&cursor=${cursor}`;
        const answer = await fetch(target, { signal: leaving.signal, cache: 'no-store' });
        if (!answer.ok) throw new Error(String(answer.status));
        if (cursor !== null && answer.status === 204) count.empty++;
        const body = new Uint8Array(await answer.arrayBuffer());
        cursor = answer.headers.get(cursorHeader) ?? '0';
        onState('open');
        for (const text of readNetstrings(body)) onMessage(text);
        return true;
      } catch {
        if (!leaving.signal.aborted) onState('reconnecting');
        return false;
      }
    },
    leave() {
      leaving.abort();
      onState('closed');
    },
  };
}
