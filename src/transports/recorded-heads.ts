/**
 * Headers of a page's requests, by kind, as `probe browsers` recorded them (docs/browsers.json): without those that
 * every client sends (Host, Connection, lengths, the handshake of a WebSocket) and those of a message's content.
 */
import type { HeadsByKind, RequestKind } from '../document/browser-side.ts';
import type { Dialer } from '../tap/dialer.ts';
import { type ConnectOptions, originUrl } from './transport.ts';

/** Stands for the page's own origin. */
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
const chromiumHeads: HeadsByKind = {
  GET: { ...platform, ...agent, ...brands, accept: '*/*', ...fetched, ...taken },
  POST: { ...platform, ...agent, ...brands, accept: '*/*', ...origin, ...fetched, ...taken },
  EventSource: {
    ...platform,
    'cache-control': 'no-cache',
    ...agent,
    accept: 'text/event-stream',
    ...brands,
    ...fetched,
    ...taken,
  },
  WebSocket: { pragma: 'no-cache', 'cache-control': 'no-cache', ...agent, ...origin, ...taken },
};

const firefoxAgent = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
};
const firefoxTaken = {
  'accept-language': 'en-US,en;q=0.9',
  'accept-encoding': 'gzip, deflate, br, zstd',
};
const firefoxFetched = { ...fetched, priority: 'u=4' };
const notCached = { pragma: 'no-cache', 'cache-control': 'no-cache' };

/** Firefox ESR 153.8.0. */
const firefoxHeads: HeadsByKind = {
  GET: { ...firefoxAgent, accept: '*/*', ...firefoxTaken, ...firefoxFetched },
  POST: { ...firefoxAgent, accept: '*/*', ...firefoxTaken, ...origin, ...firefoxFetched },
  EventSource: {
    ...firefoxAgent,
    accept: 'text/event-stream',
    ...firefoxTaken,
    ...firefoxFetched,
    ...notCached,
  },
  WebSocket: {
    ...firefoxAgent,
    accept: '*/*',
    ...firefoxTaken,
    ...origin,
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'websocket',
    'sec-fetch-site': 'same-origin',
    ...notCached,
  },
};

const webkitAgent = {
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/60.5 Safari/605.1.15',
};
/** Its language is that of its process, which was `C` when recorded. */
const webkitTaken = { 'accept-encoding': 'gzip, deflate', 'accept-language': 'C' };

/** WebKitGTK 2.50.6, which is not Safari. */
const webkitHeads: HeadsByKind = {
  GET: { accept: '*/*', ...webkitAgent, ...webkitTaken, ...fetched },
  POST: { accept: '*/*', ...origin, ...webkitAgent, ...webkitTaken, ...fetched },
  EventSource: { accept: 'text/event-stream', ...notCached, ...webkitAgent, ...webkitTaken, ...fetched },
  WebSocket: {
    ...webkitAgent,
    ...origin,
    ...notCached,
    ...webkitTaken,
    'sec-fetch-dest': 'websocket',
    'sec-fetch-mode': 'websocket',
    'sec-fetch-site': 'same-origin',
  },
};

/** By the engine they were recorded from. */
export const recordedHeads = {
  chromium: chromiumHeads,
  firefox: firefoxHeads,
  webkitgtk: webkitHeads,
} as const;

interface Asking {
  readonly dialer: Pick<Dialer, 'isSealed'>;
}

/** The headers that a request of this kind sends besides those of its library. */
export function headersFor(
  options: Pick<ConnectOptions, 'headers' | 'heads' | 'host' | 'port'> & Asking,
  kind: RequestKind,
): Readonly<Record<string, string>> {
  const { headers, heads } = options;
  if (!heads) return headers;
  const own = originUrl('http', options);
  const said = Object.entries(heads[kind]).map(([name, value]) => [name, value.replace(originPlace, own)]);
  return { ...Object.fromEntries(said), ...headers };
}
