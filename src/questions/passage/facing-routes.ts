/** What the server behind a proxy answers to each address that a probe asks. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import { own } from '../../base/lookup.ts';
import type { Notes } from './facing-notes.ts';

export const eventBytes = 108;
const headPauseMs = 500;
/**
 * Lone events, then many in a row: a proxy that waits for time shows with the lone ones, one that waits for bytes with
 * the others.
 */
export const loneEvents = 3;
export const lonePauseMs = 500;
const burstTicks = 300;
const perTick = 2;
const burstTickMs = 2;

export const eventsInAll = loneEvents + burstTicks * perTick;

/** Fixed width, so that bytes are events. */
const eventText = (number: number): string =>
  `data: ${String(number).padStart(6, '0')}${'.'.repeat(eventBytes - 14)}\n\n`;

export const commentText = ':\n\n';

interface Asked {
  readonly name: string;
  readonly params: URLSearchParams;
  readonly request: IncomingMessage;
  readonly notes: Notes;
}
type Route = (response: ServerResponse, asked: Asked) => void | Promise<void>;

export function answer(request: IncomingMessage, response: ServerResponse, notes: Notes): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://probe');
  const name = searchParams.get('name') ?? '';
  notes.ask(name, request);
  notes.answer(name, response);
  response.on('close', () => response.writableFinished || notes.leave(name));
  const route = own(routes, pathname) ?? nowhere;
  void route(response, { name, params: searchParams, request, notes });
}

const nowhere: Route = (response) => void response.writeHead(404).end();

/** What an application can say against buffers, stores and compression. */
const helpingHead = { 'x-accel-buffering': 'no', 'cache-control': 'no-store, no-transform' };

/** `remedy`: with what an application can do: those fields and a first comment. */
function beginStream(response: ServerResponse, params: URLSearchParams): void {
  const plain = { 'content-type': 'text/event-stream' };
  response.writeHead(200, params.has('remedy') ? { ...plain, ...helpingHead } : plain);
  response.flushHeaders();
  if (params.has('remedy')) response.write(commentText);
}

/** With its length in the head: over HTTP/1.0 a connection is kept for no other (RFC 9112 §9.3). */
const say = (response: ServerResponse, words: string) =>
  void response.setHeader('content-length', words.length).end(words);

const isOver = (response: ServerResponse) => response.destroyed || response.writableEnded;
const floodPiece = 16 * 1024;
const floodBytes = 4 * 1024 * 1024;

const routes: Readonly<Record<string, Route>> = {
  '/short': (response, { params }) => {
    if (params.has('remedy')) response.setHeader('cache-control', helpingHead['cache-control']);
    say(response, 'hello');
  },
  /** An event stream as a tutorial writes it. */
  async '/events'(response, { name, params, notes }) {
    beginStream(response, params);
    await passed(headPauseMs);
    let number = 0;
    const tell = () => {
      notes.write(name);
      response.write(eventText(number++));
    };
    for (let lone = 0; lone < loneEvents; lone++) {
      tell();
      await passed(lonePauseMs);
    }
    for (let tick = 0; tick < burstTicks; tick++) {
      for (let event = 0; event < perTick; event++) tell();
      await passed(burstTickMs);
    }
    await passed(lonePauseMs);
    response.end();
  },
  /** Says one event after `wait` ms, and nothing more. */
  async '/lone'(response, { name, params, notes }) {
    beginStream(response, params);
    await passed(Number(params.get('wait')));
    if (isOver(response)) return;
    notes.write(name);
    response.write(eventText(0));
  },
  /** As much as a buffer may hold, quickly. */
  async '/flood'(response, { name, notes }) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const piece = `${':'.repeat(floodPiece - 2)}\n\n`;
    for (let sent = 0; sent < floodBytes && !isOver(response); sent += floodPiece) {
      response.write(piece);
      await passed(2);
    }
    await passed(300);
    notes.write(name);
    response.end();
  },
  /** One event, then silence, or a comment each `every` ms. */
  async '/quiet'(response, { params }) {
    beginStream(response, params);
    response.write(eventText(0));
    const every = Number(params.get('every') ?? 0);
    while (every > 0 && !isOver(response)) {
      await passed(every);
      if (!isOver(response)) response.write(commentText);
    }
  },
  async '/poll'(response, { params }) {
    await passed(Number(params.get('hold')));
    if (!isOver(response)) say(response, 'held');
  },
  /** Dies in the middle of its answer. */
  async '/die'(response, { params }) {
    response.writeHead(200, params.has('length') ? { 'content-length': 1000 } : {});
    response.write('x'.repeat(400));
    await passed(100);
    response.socket?.destroy();
  },
  /** Dies instead of answering what has arrived. */
  '/dying'(response, { request }) {
    request.resume();
    request.on('end', () => response.socket?.destroy());
  },
  /** A known head, written byte by byte by ourselves. */
  '/heads'(response) {
    response.socket?.end(headsAnswer);
  },
  '/ws': upgradeRequired,
  '/feed': upgradeRequired,
};

function upgradeRequired(response: ServerResponse, { name, notes }: Asked): void {
  notes.upgraded(name, 'as a plain request');
  response.writeHead(426, { connection: 'upgrade', upgrade: 'websocket' }).end();
}

const headsBody = 'x'.repeat(1200);
export const headsAnswer = [
  'HTTP/1.1 200 OK',
  'Date: Mon, 30 Nov 2026 12:00:00 GMT',
  'Server: probed',
  'Content-Type: application/json',
  'Cache-Control: no-cache',
  'X-Request-Id: 7f3a',
  `Content-Length: ${headsBody.length}`,
  'Connection: close',
  '',
  headsBody,
].join('\r\n');
