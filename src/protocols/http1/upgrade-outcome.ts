/**
 * What became of a request for a WebSocket (RFC 6455 §4, over HTTP/2 RFC 8441). `Upgrade` is a field for one hop (RFC
 * 9110 §7.6.1): a proxy that is not set up for it leaves it out, and the server sees a plain GET. Its answer shows
 * that.
 */
import type { Fields, Request, Response } from '../../wire/message.ts';
import { engineIoAt } from '../engine-io/endpoint.ts';

/** What became of the request for a WebSocket. */
export interface Handshake {
  /** `stripped`: a proxy on the way removed `Upgrade`, and the server answered a plain request. */
  readonly outcome: 'agreed' | 'stripped' | 'refused';
  readonly offersCompression: boolean;
}

/** Whether the request asked for a WebSocket; Sec-WebSocket-Key passes proxies that remove `Upgrade`. */
export const isHandshake = (headers: Fields): boolean =>
  asksForWebSocket(headers) || headers.has('sec-websocket-key');

const asksForWebSocket = (headers: Fields) =>
  /\bwebsocket\b/i.test(headers.get('upgrade') ?? headers.get(':protocol') ?? '');

export function handshakeOf(request: Request, response: Response): Handshake | undefined {
  if (!isHandshake(request.headers)) return undefined;
  const offersCompression = /permessage-/i.test(request.headers.get('sec-websocket-extensions') ?? '');
  return { outcome: outcomeOf(request, response), offersCompression };
}

function outcomeOf(request: Request, response: Response): Handshake['outcome'] {
  const { status } = response;
  // No hop may remove `:protocol` (RFC 8441 §3), so a failure is a refusal.
  const isExtended = request.headers.has(':protocol');
  if (status === 101 || (isExtended && status >= 200 && status < 300)) return 'agreed';
  if (isExtended) return 'refused';
  if (status !== 400 && status !== 426) return 'refused';
  if (!asksForWebSocket(request.headers)) return 'stripped';
  return sawNoUpgrade(request, response) ? 'stripped' : 'refused';
}

/** The client sent `Upgrade`, but the server answers as it does to a request without it. */
function sawNoUpgrade({ target, headers }: Request, response: Response): boolean {
  // 426 is also the answer to another version of WebSocket (RFC 6455 §4.4).
  if (response.status === 426) return headers.get('sec-websocket-version') === '13';
  // Engine.IO refuses requests with JSON, and upgrades with text.
  const isJson = /^application\/json\b/i.test(response.headers.get('content-type') ?? '');
  return isJson && engineIoAt(target)?.transport === 'websocket';
}
