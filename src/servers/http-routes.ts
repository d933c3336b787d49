/**
 * The little HTTP that the HTTP servers share: routes by method and path, and reading a message from a POST.
 * No framework: its headers would be weighed as the transport's.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { own } from '../own.ts';
import { maxMessageBytes, type Payload } from '../protocol.ts';

export type Route = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => void;

/** Targets are relative to the server, whatever it is called. */
const base = 'http://localhost';

/** Routes are keyed `METHOD /path`. Anything else is 404. */
export function routeServer(routes: Record<string, Route>, keepAliveTimeout: number): Server {
  return createServer({ keepAliveTimeout }, (request, response) => {
    const target = request.url ?? '/';
    // `//` is a target that a client may send and no URL: `new URL` would throw, and end the process.
    if (!URL.canParse(target, base)) return void response.writeHead(400).end();
    const { pathname, searchParams } = new URL(target, base);
    const route = own(routes, `${request.method} ${pathname}`);
    if (route) route(request, response, searchParams);
    else response.writeHead(404).end();
  });
}

/** Reads the body of a POST as one message, text or bytes by its content type; too long is 413. `limit`: bytes. */
export function readMessage(
  request: IncomingMessage,
  response: ServerResponse,
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
