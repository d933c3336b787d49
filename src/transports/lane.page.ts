/** A lane of the page: one transport, with the browser's own API. Each transport has a file. */

import { paths } from '../protocols/endpoints.ts';

export type LaneState = 'connecting' | 'open' | 'reconnecting' | 'closed';

export interface LaneOptions {
  /** The path of this lane on the site, such as `/race/sse`. */
  readonly base: string;
  /** The name of this page, sent to the site; empty if the site does not need one. */
  readonly client: string;
  readonly pollIntervalMs: number;
  /** Content type of a POST; JSON by default. */
  readonly contentType?: string;
  readonly onMessage: (text: string) => void;
  readonly onState: (state: LaneState) => void;
  /** For transports that upgrade an open connection: the upgrade is done or has failed. */
  readonly onSettled?: () => void;
  /** Awaited between opening and the first poll after it, because a trial counts their bytes separately. */
  readonly mayGoOn?: () => Promise<void>;
}

/** Polls since the lane was opened, without the one that opened it. */
export interface LanePolls {
  readonly made: number;
  readonly empty: number;
  readonly skipped: number;
}

export interface PageLane {
  /** Sends a message; rejects if it could not be sent. */
  say(text: string): Promise<void>;
  close(): void;
  /** For lanes that poll. */
  readonly polls?: () => LanePolls;
  /** For lanes that poll on a schedule: its start, in ms of the page's clock; null before it has started. */
  readonly pollsFromMs?: () => number | null;
  /** For lanes that poll on a schedule: resolves when no poll is under way or about to be. */
  readonly calm?: () => Promise<void>;
}

export type OpenLane = (options: LaneOptions) => PageLane;

export const address = (base: string, path: string, client: string): string =>
  client === '' ? `${base}${path}` : `${base}${path}?client=${encodeURIComponent(client)}`;

type Upstream = Pick<LaneOptions, 'base' | 'client' | 'contentType'>;

/** The way up for transports that only go down: one POST for each message. */
export const poster =
  ({ base, client, contentType = 'application/json' }: Upstream) =>
  (text: string): Promise<void> =>
    post(address(base, paths.message, client), contentType, text);

async function post(url: string, contentType: string, text: string): Promise<void> {
  const headers = { 'content-type': contentType };
  const answer = await fetch(url, { method: 'POST', headers, body: text });
  // Read although it is empty: Chromium cancels a response whose body is not read, and DevTools shows that.
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(String(answer.status));
}

/** Pauses before the next try: from 250 ms, doubling up to two seconds. */
export function patience() {
  let waitMs = 125;
  return {
    reset: () => {
      waitMs = 125;
    },
    wait: () => {
      waitMs = Math.min(waitMs * 2, 2000);
      return new Promise<void>((resolve) => setTimeout(resolve, waitMs));
    },
  };
}
