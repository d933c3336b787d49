/**
 * Overhead is a function of headers, and headers are a function of the client. Two profiles, the same for every
 * transport: `minimal` sends what the library cannot do without; `node` adds what Node's own `fetch` adds.
 * Beside them `chromium`, `firefox` and `webkitgtk`: what was recorded of each kind of request. A cookie comes on top of any of them.
 */

import { own } from '../base/lookup.ts';
import type { HeadsByKind } from '../document/browser-side.ts';
import type { HeadsProfile } from './heads-profiles.ts';
import { recordedHeads } from './recorded-heads.ts';

const node = {
  accept: '*/*',
  'accept-language': '*',
  'sec-fetch-mode': 'cors',
  'user-agent': 'node',
  'accept-encoding': 'gzip, deflate',
};

export const headerProfiles = { minimal: {}, node } as const satisfies Partial<Record<HeadsProfile, object>>;

/** Recorded, kind by kind of request; none where a profile is one set for all. */
export const headsOf = (profile: HeadsProfile): HeadsByKind | undefined =>
  own<HeadsByKind>(recordedHeads, profile);

/** The headers of a profile, with a cookie of exactly `cookieBytes` bytes (its value's, name included) when asked. */
export function headersOf(profile: HeadsProfile, cookieBytes: number): Record<string, string> {
  const headers = { ...own<Readonly<Record<string, string>>>(headerProfiles, profile) };
  return cookieBytes > 0
    ? { ...headers, cookie: 'session='.padEnd(cookieBytes, 'c').slice(0, cookieBytes) }
    : headers;
}
