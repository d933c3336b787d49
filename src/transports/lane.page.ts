/** What a lane is to the page: one transport, spoken with the browser's own means. A file a transport. */

import { paths } from '../protocols/endpoints.ts';

export type LaneState = 'connecting' | 'open' | 'reconnecting' | 'closed';

export interface LaneOptions {
  /** `/race/sse`: where the site has this lane. */
  readonly base: string;
  /** What the site calls this page; empty where nobody has to know. */
  readonly client: string;
  readonly pollIntervalMs: number;
  /** What a POST says its body is: JSON unless told. */
  readonly contentType?: string;
  readonly onMessage: (text: string) => void;
  readonly onState: (state: LaneState) => void;
  /** Where a connection is moved once it stands: it is not going to be moved any more. */
  readonly onSettled?: () => void;
  /** Awaited between opening and the first poll after it: a trial files their bytes apart. */
  readonly mayGoOn?: () => Promise<void>;
}

/** Polls since the lane was opened, without the one that opened it. */
export interface LanePolls {
  readonly made: number;
  readonly empty: number;
  readonly skipped: number;
}

export interface PageLane {
  /** Says something; resolves when it is on its way, rejects when it is not. */
  say(text: string): Promise<void>;
  close(): void;
  /** Where it polls. */
  readonly polls?: () => LanePolls;
  /** Where it polls on a schedule: from when on, in milliseconds of the page's clock; null before the first. */
  readonly pollsFromMs?: () => number | null;
  /** Where it polls on a schedule: resolves when no poll is under way or about to be. */
  readonly calm?: () => Promise<void>;
}

export type OpenLane = (options: LaneOptions) => PageLane;

export const address = (base: string, path: string, client: string): string =>
  client === '' ? `${base}${path}` : `${base}${path}?client=${encodeURIComponent(client)}`;

type Upstream = Pick<LaneOptions, 'base' | 'client' | 'contentType'>;

/** The way up where the transport only goes down: a POST a message. */
export const poster =
  ({ base, client, contentType = 'application/json' }: Upstream) =>
  (text: string): Promise<void> =>
    post(address(base, paths.message, client), contentType, text);

async function post(url: string, contentType: string, text: string): Promise<void> {
  const headers = { 'content-type': contentType };
  const answer = await fetch(url, { method: 'POST', headers, body: text });
  // Read, though it is empty: Chromium cancels an answer that nobody reads, and DevTools says so.
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(String(answer.status));
}

/** Pauses before the next try: doubling up to two seconds. */
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
