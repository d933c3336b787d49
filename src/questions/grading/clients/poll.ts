/** A client that polls: reads an answer of docs/wire-formats.md (d), or says what is wrong with it. */
import { inEveryLanguage, type Text, text } from '../../../base/text.ts';
import type { Ground } from '../ground.ts';
import { places } from '../kinds.ts';
import { askFor, isText } from './http.ts';

export interface News {
  readonly cursor: number;
  readonly messages: readonly string[];
  readonly header: (name: string) => string;
}

const noNews = text(
  'the body of the answer is not {wanted}, but {got}',
  '응답 본문이 {wanted} 형식이 아닙니다: {got}',
);

const wanted = '{"cursor": 4, "messages": ["…"]}';

/** Polls once; without a cursor it asks for messages from now on. */
export async function poll(ground: Ground, cursor?: number, withinMs?: number): Promise<News | Text> {
  const path = cursor === undefined ? places.poll : `${places.poll}?cursor=${cursor}`;
  const reply = await askFor(ground, 200, { method: 'GET', path, ...(withinMs && { withinMs }) });
  if (isText(reply)) return reply;
  const news = newsIn(reply.body);
  return news
    ? { ...news, header: reply.header }
    : inEveryLanguage(noNews, { wanted, got: reply.body === '' ? '""' : reply.body.slice(0, 60) });
}

function newsIn(body: string): Pick<News, 'cursor' | 'messages'> | null {
  let read: unknown;
  try {
    read = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null || !('cursor' in read) || !('messages' in read)) return null;
  const { cursor, messages } = read;
  const isList = Array.isArray(messages) && messages.every((message) => typeof message === 'string');
  return typeof cursor === 'number' && isList ? { cursor, messages } : null;
}

/** Polls until so many messages are there or no more come: an answer may bring one, or all. */
export async function pollUntil(ground: Ground, from: number, count: number): Promise<string[] | Text> {
  const all: string[] = [];
  for (let cursor = from; all.length < count; ) {
    const news = await poll(ground, cursor);
    if (isText(news)) return all.length > 0 ? all : news;
    all.push(...news.messages);
    if (news.messages.length === 0 || news.cursor === cursor) break;
    cursor = news.cursor;
  }
  return all;
}
