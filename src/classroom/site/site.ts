/**
 * The site: page, control and all lanes, so that they have one origin. A request that has passed the guard comes to
 * the door of the classroom (join-code.ts), then to a fixed map of files or a lane.
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
  /** The language of the user who started the page. */
  readonly language: Language;
  readonly lanes: Readonly<Record<RoomName, Lanes>>;
  readonly control: Control;
  /** The client's address. All connections here are the relay's, so only the relay knows it. */
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

/** Finds the lane, and gives the request the target that the lane expects. */
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
  // A visitor who has not joined gets only the page that asks for the code, with its script and style.
  const isOutside = door.roleOf(request) === null;
  const mayRead = !isOutside || ['/style.css', '/join', '/classroom/page/join.js'].includes(path);
  // The join page is in the language of the visitor's browser, not in the teacher's.
  const joinPath = joinPaths[acceptedLanguage(headers['accept-language'], language)];
  const file = files.get(path === '/join' || (isOutside && path === '/') ? joinPath : path);
  if (!file) return end(request, response, 404);
  if (!mayRead && path !== '/') return end(request, response, 401);
  sendFile(file, request, response);
}

/** Takes `{"code": "…"}`; answers with the cookie or only a status. */
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
