/** Which middleboxes there are, and the row of them that stands before a server. */
import type { Clock } from '../clock.ts';
import { inRow, type OpenBox, passing } from './box.ts';
import { buffering } from './buffering.ts';
import { idleTimeout } from './idle-timeout.ts';
import { noUpgrade } from './no-upgrade.ts';

/** Plain data; what is not named is not there. */
export interface Middleboxes {
  /** Answers every request with an `Upgrade` field with 403, and closes. */
  readonly noUpgrade?: boolean;
  /** Holds each response back until it is complete. */
  readonly buffering?: boolean;
  /** Closes a connection on which nothing was said for so long, both ways. */
  readonly idleTimeoutMs?: number;
}

/** The first one named is the nearest to the client. */
export function openMiddleboxes(middleboxes: Middleboxes, clock: Clock): OpenBox {
  const row: OpenBox[] = [];
  if (middleboxes.idleTimeoutMs !== undefined) row.push(idleTimeout(middleboxes.idleTimeoutMs, clock));
  if (middleboxes.noUpgrade) row.push(noUpgrade);
  if (middleboxes.buffering) row.push(buffering);
  return row.reduce(inRow, passing);
}
