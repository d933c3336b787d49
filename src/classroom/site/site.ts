/**
 * The site: one HTTP server for page, control and all lanes, so that they have one origin. Everything passes the guard,
 * then the door of the classroom, then a fixed map of files or a lane; there is one upgrade router.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Language } from '../../base/text.ts';
import { listen } from '../../servers/listening.ts';
import { patient } from '../../servers/server.ts';
import { limits, type RoomName } from '../page/control-talk.ts';
import { acceptedLanguage } from './accepted-language.ts';
import { admission } from './admission.ts';
import type { Guard } from './guard.ts';
import type { Door, Role } from './join-code.ts';
import { joinPaths } from './join-html.ts';
import type { Lanes } from './mounted-lanes.ts';
import type { PageFile } from './page-files.ts';
import { securityHeaders } from './page-headers.ts';
import type { ClassSessions } from './page-sessions.ts';
import { placeOf } from './place.ts';

export interface SiteParts {
  readonly files: ReadonlyMap<string, PageFile>;
  /** Of whoever started the page. */
  readonly language: Language;
  readonly guard: Guard;
  readonly door: Door;
  readonly sessions: ClassSessions;
  readonly lanes: Readonly<Record<RoomName, Lanes>>;
  /** Takes over the sockets of `/control`; false where this client has too much open. */
  readonly control: (role: Role, request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  /** Where a request comes from: all connections are the relay's, and only it knows. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly raceNumber: () => number;
  /** What simulated clients show in a header of their own. */
  readonly botKey: string;
  readonly log: (line: string) => void;
}

/** Of all clients together. */
const connectionsInAll = 600;

export async function startSite(parts: SiteParts) {
  const server = createServer(
    { keepAliveTimeout: patient.keepAliveTimeoutMs, maxHeaderSize: 16 * 1024 },
    (request, response) => answer(parts, request, response),
  );
  server.maxConnections = connectionsInAll;
  server.on('upgrade', (request, socket, head) => upgrade(parts, request, socket, head));
  return listen(server, { host: '127.0.0.1', port: 0, writeCostUs: 0 });
}

function answer(parts: SiteParts, request: IncomingMessage, response: ServerResponse) {
  const refused = parts.guard.refusal(request, false);
  if (refused) {
    parts.log(`refused ${request.method} ${request.url}: ${refused}`);
    return end(response, 403);
  }
  const [path = ''] = (request.url ?? '').split('?');
  if (path === '/join' && request.method === 'POST') return join(parts, request, response);
  const place = placeOf(request.url ?? '');
  if (!place) return serveFile(parts, path, request, response);
  const admitted = admission(parts, place, request);
  if (admitted.status !== 200) return end(response, admitted.status);
  response.once('close', admitted.leave);
  parts.lanes[place.room].request(place, request, response);
}

function serveFile(
  { files, door, language }: SiteParts,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { method, headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return end(response, 405);
  // Who has not joined gets the page that asks for the code, and its style.
  const isOutside = door.roleOf(request) === null;
  const mayRead = !isOutside || ['/style.css', '/join', '/classroom/page/join.js'].includes(path);
  // Whoever comes with a phone reads its language, whatever the teacher's is.
  const joinPath = joinPaths[acceptedLanguage(headers['accept-language'], language)];
  const file = files.get(path === '/join' || (isOutside && path === '/') ? joinPath : path);
  if (!file) return end(response, 404);
  if (!mayRead && path !== '/') return end(response, 401);
  response.writeHead(200, {
    ...securityHeaders(headers.host ?? ''),
    'content-type': file.type,
    'content-length': file.bytes.length,
  });
  response.end(method === 'HEAD' ? undefined : file.bytes);
}

/** `{"code": "…"}`; the answer is the cookie or nothing. */
function join({ door, addressOf }: SiteParts, request: IncomingMessage, response: ServerResponse) {
  if (request.headers['content-type'] !== 'application/json') return end(response, 415);
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text: string) => {
    body = (body + text).slice(0, limits.messageBytes);
  });
  request.on('end', () => {
    const code = /^\{"code":"([\w-]{1,40})"\}$/.exec(body)?.[1];
    const cookie = code === undefined ? null : door.join(code, addressOf(request));
    if (cookie) response.setHeader('set-cookie', cookie);
    end(response, cookie ? 204 : 403);
  });
}

function upgrade(parts: SiteParts, request: IncomingMessage, socket: Duplex, head: Buffer) {
  // Whoever resets a socket that nobody has taken over yet must not end the process.
  socket.on('error', () => socket.destroy());
  const refuse = (status: number) =>
    void socket.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\n\r\n`);
  const refused = parts.guard.refusal(request, true);
  if (refused) {
    parts.log(`refused upgrade ${request.url}: ${refused}`);
    return refuse(403);
  }
  const place = placeOf(request.url ?? '');
  if (place) {
    const admitted = admission(parts, place, request);
    if (admitted.status !== 200) return refuse(admitted.status);
    socket.once('close', admitted.leave);
    return parts.lanes[place.room].upgrade(place, request, socket, head);
  }
  const role = parts.door.roleOf(request);
  const [path] = (request.url ?? '').split('?');
  if (path !== '/control') return refuse(404);
  if (!role) return refuse(401);
  if (!parts.control(role, request, socket, head)) refuse(429);
}

function end(response: ServerResponse, status: number): void {
  // A body that is not wanted need not be read: the connection ends with it.
  if (response.req.method === 'POST') response.setHeader('connection', 'close');
  response.writeHead(status).end();
}
