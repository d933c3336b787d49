/**
 * What the HTTP servers share: routes by method and path, and reading a message from a POST. No framework, because its
 * headers would be counted as the transport's.
 */
import type { Server as NetServer } from 'node:net';
import { own } from '../base/lookup.ts';
import { maxMessageBytes, type Payload } from '../protocols/contract.ts';
import { createHttpServer, type HttpReply, type HttpRequest } from './http-server.ts';
import type { ServerOptions } from './server.ts';

export type Route = (request: HttpRequest, response: HttpReply, query: URLSearchParams) => void;

/** Targets are relative to the server; its real name does not matter. */
const base = 'http://localhost';

/**
 * Without `no-store` a cache on the way may keep a 200, a 204 or a 404 for a while (RFC 9110 §15.1), and would then
 * answer the next poll itself. It may not keep responses to a POST.
 */
export const neverStored = <Reply extends HttpReply>(response: Reply): Reply =>
  response.setHeader('cache-control', 'no-store');

/** Routes are keyed `METHOD /path`. Anything else is 404. */
export function routeServer(routes: Record<string, Route>, options: ServerOptions): NetServer {
  return createHttpServer(options, (request, response) => {
    if (request.method === 'GET') neverStored(response);
    const target = request.url ?? '/';
    // A client may send the target `//`, which is no URL: `new URL` would throw, and end the process.
    if (!URL.canParse(target, base)) return void response.writeHead(400).end();
    const { pathname, searchParams } = new URL(target, base);
    const route = own(routes, `${request.method} ${pathname}`);
    if (route) route(request, response, searchParams);
    else response.writeHead(404).end();
  });
}

/**
 * Begins a response that never ends. `X-Accel-Buffering` asks buffering proxies to pass it on at once (nginx obeys).
 * Some proxies hold the head until the body begins, and a client that waits for the head would send nothing: so the
 * body begins at once, with bytes that the reader ignores.
 */
export function beginStream(response: HttpReply, contentType: string, nothing: string) {
  response.writeHead(200, { 'content-type': contentType, 'x-accel-buffering': 'no' });
  response.write(nothing);
}

/** Reads the body of a POST as one message, text or bytes by its content type; too long is 413. `limit`: bytes. */
export function readMessage(
  request: HttpRequest,
  response: HttpReply,
  limit: number | undefined,
  then: (data: Payload) => void,
) {
  const chunks: Buffer[] = [];
  const most = limit ?? maxMessageBytes;
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
  });
  request.on('end', () => {
    if (length > most) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const body = Buffer.concat(chunks);
    then(request.headers['content-type']?.startsWith('text/') ? body.toString() : body);
  });
}
