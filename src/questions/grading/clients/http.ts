/** A client of an HTTP server: a request with its whole answer, and an event stream. */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import { contentTypes } from '../../../protocols/contract.ts';
import { type ArrivalQueue, createArrivals } from '../arrivals.ts';
import type { Ground } from '../ground.ts';
import { places } from '../kinds.ts';
import { differenceIn, seconds } from '../seen-in-words.ts';

export interface Reply {
  readonly status: number;
  /** A header by its name in lower case; empty where there is none. */
  header(name: string): string;
  readonly body: string;
}

const unanswered = {
  silent: text(
    '{what} was not answered within {seconds} s',
    '{what} 요청에 {seconds}초 안에 응답하지 않았습니다',
  ),
  broken: text('{what} was not answered: {reason}', '{what} 요청에 응답하지 않았습니다: {reason}'),
  status: text(
    '{what} was answered with status {got} instead of {wanted}',
    '{what} 요청에 {wanted}(이)가 아니라 상태 코드 {got}(으)로 응답했습니다',
  ),
};

export interface AskedRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  /** If the wait is to be shorter than usual. */
  readonly withinMs?: number;
}

const named = ({ method, path }: Pick<AskedRequest, 'method' | 'path'>): string => `${method} ${path}`;

export const isText = (answer: object): answer is Text => 'en' in answer;

function send(ground: Ground, { method, path, body }: AskedRequest): ClientRequest {
  const { host, port } = ground;
  const headers =
    body === undefined
      ? {}
      : { 'content-type': contentTypes.text, 'content-length': String(Buffer.byteLength(body)) };
  // A connection of its own each time: what one check leaves behind must not affect the next.
  const request = httpRequest({ host, port, method, path, headers, agent: false });
  ground.atEnd(() => request.destroy());
  request.on('error', () => {});
  request.end(body);
  return request;
}

/** The head of an answer; a text says why there is none. */
function headOf(
  request: ClientRequest,
  asked: AskedRequest,
  withinMs: number,
): Promise<IncomingMessage | Text> {
  return new Promise((resolve) => {
    const what = named(asked);
    const timer = setTimeout(
      () => resolve(inEveryLanguage(unanswered.silent, { what, seconds: seconds(withinMs) })),
      withinMs,
    );
    const end = (answer: IncomingMessage | Text) => {
      clearTimeout(timer);
      resolve(answer);
    };
    request.once('response', end);
    request.once('error', ({ message: reason }) => end(inEveryLanguage(unanswered.broken, { what, reason })));
  });
}

const headerIn =
  ({ headers }: IncomingMessage) =>
  (name: string): string =>
    String(headers[name] ?? '');

/** Asks, and waits for the whole answer. */
export async function ask(ground: Ground, asked: AskedRequest): Promise<Reply | Text> {
  const { withinMs = ground.patienceMs } = asked;
  const answer = await headOf(send(ground, asked), asked, withinMs);
  if (isText(answer)) return answer;
  const pieces: Buffer[] = [];
  const ended = createArrivals<true>();
  answer.on('data', (piece: Buffer) => pieces.push(piece));
  answer.on('error', () => {});
  answer.once('close', () => ended.add(true));
  const isWhole = await ended.until((all) => all.length > 0, withinMs);
  if (!isWhole) return inEveryLanguage(unanswered.silent, { what: named(asked), seconds: seconds(withinMs) });
  return { status: answer.statusCode ?? 0, header: headerIn(answer), body: Buffer.concat(pieces).toString() };
}

const wrongStatus = (asked: Pick<AskedRequest, 'method' | 'path'>, wanted: number, got: number): Text =>
  inEveryLanguage(unanswered.status, { what: named(asked), wanted: String(wanted), got: String(got) });

/** Sends a request that must be answered with this status; a text says what is wrong. */
export async function askFor(ground: Ground, wanted: number, asked: AskedRequest): Promise<Reply | Text> {
  const reply = await ask(ground, asked);
  return isText(reply) || reply.status === wanted ? reply : wrongStatus(asked, wanted, reply.status);
}

/** Posts a message, whatever the status: another sentence checks that. */
export async function post(ground: Ground, body: string): Promise<Text | null> {
  const reply = await ask(ground, { method: 'POST', path: places.message, body });
  if (isText(reply)) return reply;
  return reply.status < 300 ? null : wrongStatus({ method: 'POST', path: places.message }, 204, reply.status);
}

export interface Stream {
  readonly header: (name: string) => string;
  readonly heard: ArrivalQueue<string>;
  expect(messages: readonly string[]): Promise<Text | null>;
  leave(): void;
}

const endedItself = text('the answer ended', '응답이 끝났습니다');

/**
 * Opens the event stream and reads it as a browser does (WHATWG HTML §9.2.6): events with a type do not count as
 * messages.
 */
export async function openStream(ground: Ground, withinMs = ground.patienceMs): Promise<Stream | Text> {
  const asked = { method: 'GET', path: places.events } as const;
  const request = send(ground, asked);
  const answer = await headOf(request, asked, withinMs);
  if (isText(answer)) return answer;
  if (answer.statusCode !== 200) return wrongStatus(asked, 200, answer.statusCode ?? 0);
  const heard = createArrivals<string>();
  let isOver = false;
  const parser = ground.library('eventsource-parser').createParser({
    onEvent: ({ event, data }) => (event === undefined || event === 'message') && heard.add(data),
  });
  const decoder = new TextDecoder();
  answer.on('data', (bytes: Buffer) => parser.feed(decoder.decode(bytes, { stream: true })));
  answer.on('error', () => {});
  answer.once('close', () => {
    isOver = true;
    heard.nudge();
  });
  return {
    header: headerIn(answer),
    heard,
    async expect(messages) {
      await heard.until((all) => all.length >= messages.length || isOver, ground.patienceMs);
      if (isOver && heard.all.length < messages.length) return endedItself;
      return differenceIn(messages, heard.all, ground.patienceMs);
    },
    leave: () => request.destroy(),
  };
}

/** Several clients of one kind, or why one of them could not connect. */
export async function openAll<Client extends object>(
  open: (ground: Ground) => Promise<Client | Text>,
  ground: Ground,
  count: number,
): Promise<readonly Client[] | Text> {
  const all = await Promise.all(Array.from({ length: count }, () => open(ground)));
  return all.find(isText) ?? (all as Client[]);
}
