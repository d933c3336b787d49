/** The site's own answers: a file, or only a status. The lanes' answers come from the measured servers. */
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { HttpReply } from '../../servers/http-server.ts';
import type { PageFile } from './page-files.ts';

/**
 * They forbid the browser to load anything foreign, to show the page in a frame, to guess types, and to turn text into
 * markup (Trusted Types).
 */
const securityHeaders = ({ headers, socket }: IncomingMessage): Readonly<Record<string, string>> => ({
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Not every browser lets 'self' include ws: of the same origin, so it is named.
    `connect-src 'self' ${'encrypted' in socket && socket.encrypted ? 'wss' : 'ws'}://${headers.host}`,
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

export function sendFile({ type, bytes }: PageFile, request: IncomingMessage, response: HttpReply) {
  response.writeHead(200, {
    ...securityHeaders(request),
    'content-type': type,
    'content-length': bytes.length,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

export function end({ method }: IncomingMessage, response: HttpReply, status: number) {
  // Closes the connection after a refused POST, so that its body need not be read.
  response.writeHead(status, method === 'POST' ? { connection: 'close' } : {}).end();
}

export const refuseUpgrade = (socket: Duplex, status: number): void =>
  void socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\n\r\n`);
