/**
 * What a page's requests say of themselves, kind by kind, as `probe browsers` recorded them (docs/browsers.json): without what
 * every client says (Host, Connection, lengths, the handshake of a WebSocket) and what a message says of its content.
 */
import type { HeadsByKind, RequestKind } from '../document/browser-side.ts';
import { type ConnectOptions, originUrl } from './transport.ts';

/** In the place of the page's own origin. */
const originPlace = '{origin}';

const agent = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/147.0.7727.0 Safari/537.36',
};
const platform = { 'sec-ch-ua-platform': '"Linux"' };
const brands = {
  'sec-ch-ua': '"HeadlessChrome";v="147", "Not.A/Brand";v="8", "Chromium";v="147"',
  'sec-ch-ua-mobile': '?0',
};
const fetched = {
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  referer: `${originPlace}/`,
};
const taken = { 'accept-encoding': 'gzip, deflate, br, zstd', 'accept-language': 'en-US,en' };
const origin = { origin: originPlace };

/** Chromium 147.0.7727.0, headless. */
export const chromiumHeads: HeadsByKind = {
  GET: { ...platform, ...agent, ...brands, accept: '*/*', ...fetched, ...taken },
  POST: { ...platform, ...agent, ...brands, accept: '*/*', ...origin, ...fetched, ...taken },
  EventSource: {
    ...platform,
    ...{ 'cache-control': 'no-cache' },
    ...agent,
    ...{ accept: 'text/event-stream' },
    ...brands,
    ...fetched,
    ...taken,
  },
  WebSocket: { pragma: 'no-cache', 'cache-control': 'no-cache', ...agent, ...origin, ...taken },
};

/** What a request of this kind says besides what its client says anyway. */
export function headersFor(
  options: Pick<ConnectOptions, 'headers' | 'heads' | 'host' | 'port' | 'dialer'>,
  kind: RequestKind,
): Readonly<Record<string, string>> {
  const { headers, heads } = options;
  if (!heads) return headers;
  const own = originUrl('http', options);
  const said = Object.entries(heads[kind]).map(([name, value]) => [name, value.replace(originPlace, own)]);
  return { ...Object.fromEntries(said), ...headers };
}
