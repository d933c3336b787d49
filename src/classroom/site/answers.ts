/** The site's own answers: a file, or nothing but a status. The lanes' answers are made elsewhere: they are what is measured. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PageFile } from './page-files.ts';

/**
 * What each of them says to the browser: load nothing but ours, frame us nowhere, guess no types, and let no text become
 * markup (Trusted Types).
 */
const securityHeaders = (host: string): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // 'self' is not the same origin for ws: everywhere, so it is named.
    `connect-src 'self' ws://${host}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

export function sendFile({ type, bytes }: PageFile, request: IncomingMessage, response: ServerResponse) {
  response.writeHead(200, {
    ...securityHeaders(request.headers.host ?? ''),
    'content-type': type,
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export function end(response: ServerResponse, status: number) {
  // A body that is not wanted need not be read: the connection ends with it.
  if (response.req.method === 'POST') response.setHeader('connection', 'close');
  response.writeHead(status).end();
}

export const refuseUpgrade = (socket: Duplex, status: number): void =>
  void socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`);
