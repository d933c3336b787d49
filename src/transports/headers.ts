/**
 * Overhead depends on headers, and headers depend on the client. Two profiles are the same for every transport:
 * `minimal` sends only what the library needs; `node` adds what Node's own `fetch` adds. `chromium`, `firefox` and
 * `webkitgtk` have the headers recorded for each kind of request. A cookie can be added to any of them.
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

/** The recorded headers by kind of request; undefined for profiles with one set for all requests. */
export const headsOf = (profile: HeadsProfile): HeadsByKind | undefined =>
  own<HeadsByKind>(recordedHeads, profile);

/** The headers of a profile, with a cookie whose value, `session=` included, has `cookieBytes` bytes; 0 for none. */
export function headersOf(profile: HeadsProfile, cookieBytes: number): Record<string, string> {
  const headers = { ...own<Readonly<Record<string, string>>>(headerProfiles, profile) };
  return cookieBytes > 0
    ? { ...headers, cookie: 'session='.padEnd(cookieBytes, 'c').slice(0, cookieBytes) }
    : headers;
}
