/**
 * The site: page, control and all lanes, so that they have one origin. What has passed the guard comes to the door of the
 * classroom, then to a fixed map of files or a lane.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Language } from '../../base/text.ts';
import type { HttpReply } from '../../servers/http-server.ts';
import { limits, type RoomName } from '../page/control-talk.ts';
import { type AdmissionParts, admission } from './admission.ts';
import { end, refuseUpgrade, sendFile } from './answers.ts';
import type { Control } from './control-sockets.ts';
import { acceptedLanguage, joinPaths } from './join-page.ts';
import type { Lanes } from './mounted-lanes.ts';
import type { PageFile } from './page-files.ts';
import { type Place, placeOf } from './place.ts';

interface SiteParts extends AdmissionParts {
  readonly files: ReadonlyMap<string, PageFile>;
  /** Of whoever started the page. */
  readonly language: Language;
  readonly lanes: Readonly<Record<RoomName, Lanes>>;
  readonly control: Control;
  /** Where a request comes from: all connections are the relay's, and only it knows. */
  readonly addressOf: (request: IncomingMessage) => string;
}

export const createSite = (parts: SiteParts) => ({
  answer(request: IncomingMessage, response: HttpReply) {
    const path = pathOf(request);
    if (path === '/join' && request.method === 'POST') return join(parts, request, response);
    const place = placeOf(request.url ?? '');
    if (!place) return page(parts, path, request, response);
    const { status, leave } = admission(parts, place, request);
    if (status !== 200) return end(request, response, status);
    response.once('close', leave);
    laneAt(parts, place, request).request(request, response);
  },
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const place = placeOf(request.url ?? '');
    if (!place) return control(parts, request, socket, head);
    const { status, leave } = admission(parts, place, request);
    if (status !== 200) return refuseUpgrade(socket, status);
    socket.once('close', leave);
    laneAt(parts, place, request).upgrade(request, socket, head);
  },
});

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0] ?? '';

/** The lane, and the request as if it had come to it alone. */
function laneAt({ lanes }: SiteParts, { room, lane, target }: Place, request: IncomingMessage) {
  request.url = target;
  return lanes[room][lane];
}

function control(parts: SiteParts, request: IncomingMessage, socket: Duplex, head: Buffer) {
  const role = parts.door.roleOf(request);
  if (pathOf(request) !== '/control') return refuseUpgrade(socket, 404);
  if (!role) return refuseUpgrade(socket, 401);
  if (!parts.control.accept(role, request, socket, head)) refuseUpgrade(socket, 429);
}

function page(
  { files, door, language }: SiteParts,
  path: string,
  request: IncomingMessage,
  response: HttpReply,
) {
  const { method, headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return end(request, response, 405);
  // Who has not joined gets the page that asks for the code, and its style.
  const isOutside = door.roleOf(request) === null;
  const mayRead = !isOutside || ['/style.css', '/join', '/classroom/page/join.js'].includes(path);
  // Whoever comes with a phone reads its language, whatever the teacher's is.
  const joinPath = joinPaths[acceptedLanguage(headers['accept-language'], language)];
  const file = files.get(path === '/join' || (isOutside && path === '/') ? joinPath : path);
  if (!file) return end(request, response, 404);
  if (!mayRead && path !== '/') return end(request, response, 401);
  sendFile(file, request, response);
}

/** `{"code": "…"}`; the answer is the cookie or nothing. */
function join({ door, addressOf }: SiteParts, request: IncomingMessage, response: HttpReply) {
  if (request.headers['content-type'] !== 'application/json') return end(request, response, 415);
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (text: string) => {
    body = (body + text).slice(0, limits.messageBytes);
  });
  request.on('end', () => {
    const code = /^\{"code":"([\w-]{1,40})"\}$/.exec(body)?.[1];
    const cookie = code === undefined ? null : door.join(code, addressOf(request));
    if (cookie) response.setHeader('set-cookie', cookie);
    end(request, response, cookie ? 204 : 403);
  });
}
