/**
 * Overhead is a function of headers, and headers are a function of the client. Three profiles, the same for every
 * transport: `minimal` sends what the library cannot do without; `node` adds what Node's own `fetch` adds;
 * `browser` one set for every request, as a page's fetch has it. Beside them `chromium` and `firefox`: what was recorded of each
 * kind of request. A cookie comes on top of any of them.
 */

import { own } from '../base/lookup.ts';
import type { HeadsByKind } from '../document/browser-side.ts';
import { recordedHeads } from './recorded-heads.ts';

const node = {
  accept: '*/*',
  'accept-language': '*',
  'sec-fetch-mode': 'cors',
  'user-agent': 'node',
  'accept-encoding': 'gzip, deflate',
};

/** As a Chromium 147 on Linux sends them; its WebSocket handshake has fewer, so this is the upper of the two. */
const browser = {
  'sec-ch-ua-platform': '"Linux"',
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
  'sec-ch-ua': '"Chromium";v="147", "Not.A/Brand";v="8"',
  'sec-ch-ua-mobile': '?0',
  accept: '*/*',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'en-US,en;q=0.9,ko;q=0.8',
};

export const headerProfiles = { minimal: {}, node, browser } as const;

/** Recorded, kind by kind of request; none where a profile is one set for all. */
export const headsOf = (profile: HeadsProfile): HeadsByKind | undefined =>
  own<HeadsByKind>(recordedHeads, profile);

/** What `--headers` may name. */
export type HeadsProfile = HeaderProfile | keyof typeof recordedHeads;
export const headsProfiles = [
  ...(Object.keys(headerProfiles) as HeaderProfile[]),
  ...(Object.keys(recordedHeads) as (keyof typeof recordedHeads)[]),
] as const;

export type HeaderProfile = keyof typeof headerProfiles;

/** The headers of a profile, with a cookie of exactly `cookieBytes` bytes (its value's, name included) when asked. */
export function headersOf(profile: HeadsProfile, cookieBytes: number): Record<string, string> {
  const headers = { ...own<Readonly<Record<string, string>>>(headerProfiles, profile) };
  return cookieBytes > 0
    ? { ...headers, cookie: 'session='.padEnd(cookieBytes, 'c').slice(0, cookieBytes) }
    : headers;
}
