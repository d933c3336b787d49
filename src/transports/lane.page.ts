/** What a lane is to the page: one transport, spoken with the browser's own means. A file a transport. */

export type LaneState = 'connecting' | 'open' | 'reconnecting' | 'closed';

export interface LaneOptions {
  /** `/race/sse`: where the site has this lane. */
  readonly base: string;
  /** What the site calls this page. */
  readonly client: string;
  readonly pollIntervalMs: number;
  readonly onMessage: (text: string) => void;
  readonly onState: (state: LaneState) => void;
}

export interface PageLane {
  /** Says something; resolves when it is on its way, rejects when it is not. */
  say(text: string): Promise<void>;
  close(): void;
}

export type OpenLane = (options: LaneOptions) => PageLane;

export const address = (base: string, path: string, client: string): string =>
  `${base}${path}?client=${encodeURIComponent(client)}`;

/** The way up where the transport only goes down: a POST a message. */
export async function post(url: string, text: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
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
