/**
 * What one client and its server said to each other around one message: from the end of one answer to the end of the
 * next, so that polls, a question that is held and an answer that carries several messages all show. For the picture of
 * a sequence; the ledger has the figures.
 */
import type { Trial } from './metrics/report.ts';
import { anatomyOf, type Span } from './wire/anatomy.ts';
import type { Dissect } from './wire/conversation.ts';
import type { Chunk } from './wire/tape.ts';

export type Arrow = Trial['sequence'][number];

/** Chunks of the steady phase that are kept: two answers come long before. */
const mostChunks = 400;
/** A picture of more arrows shows nothing; the last ones lead to the answer. */
const mostArrows = 12;

/** @param isMine whether a connection is the client's that is drawn. */
export function createSequence(dissect: Dissect, isMine: (connection: number) => boolean) {
  const chunks: Chunk[] = [];
  let steady = 0;
  return {
    keep(chunk: Chunk) {
      if (steady >= mostChunks || chunk.phase === 'teardown' || !isMine(chunk.connection)) return;
      if (chunk.phase === 'steady') steady++;
      // A view would keep its whole reel.
      chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) });
    },
    read: (): Arrow[] => aroundOneMessage(arrowsOf(anatomyOf(chunks, dissect).spans)),
  };
}

/** What comes in one go, in one direction, is one arrow; a request or a response always begins one. */
function arrowsOf(spans: readonly Span[]): Arrow[] {
  const arrows: Arrow[] = [];
  const steady = spans.filter(({ phase }) => phase === 'steady').toSorted((a, b) => a.chunk - b.chunk);
  for (const span of steady) {
    const last = arrows.at(-1);
    const { connection, direction, at, bytes } = span;
    const continues =
      last?.connection === connection && last.direction === direction && !beginsAnew(span, last);
    const arrow = continues
      ? last
      : { atNs: at, connection, direction, what: '', count: 0, messages: 0, bytes: 0 };
    if (!continues) arrows.push(arrow);
    arrow.bytes += bytes.length;
    if (span.mark === 'unit' && span.layer === 'payload') arrow.messages++;
    const what = whatBegins(span);
    if (what === null) continue;
    if (arrow.what === '') arrow.what = what;
    if (arrow.what === what) arrow.count++;
  }
  return arrows;
}

/** A request and its body may come in two chunks; a frame or an event that comes later is another arrow. */
function beginsAnew({ layer, mark, at }: Span, { atNs, what }: Arrow): boolean {
  if (mark !== 'unit') return false;
  const isApart =
    layer === 'chunk' || layer === 'sse' || layer === 'ndjson' || layer === 'websocket' || what === '';
  return layer === 'http' || (isApart && at !== atNs);
}

const frames: Readonly<Record<number, string>> = {
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

/** A request or a response by its start line, an event, a frame by its opcode; null within one. */
function whatBegins({ layer, name, mark, bytes }: Span): string | null {
  if (mark !== 'unit') return null;
  if (layer === 'http') return startLine(Buffer.from(bytes).toString('latin1').trim());
  if (layer === 'sse') return 'event';
  if (layer === 'ndjson') return 'line';
  if (layer === 'websocket') return frames[(bytes[0] ?? 0) & 0x0f] ?? name;
  return null;
}

/** `GET /mailbox?client=1 HTTP/1.1` → `GET /mailbox`; `HTTP/1.1 204 No Content` → `204 No Content`. */
const startLine = (line: string): string => {
  const [first = '', second = ''] = line.split(' ');
  return first.startsWith('HTTP/') ? line.slice(first.length + 1) : `${first} ${second.split('?', 1)[0]}`;
};

function aroundOneMessage(arrows: readonly Arrow[]): Arrow[] {
  const answers = arrows.flatMap(({ direction, messages }, index) =>
    direction === 'down' && messages > 0 ? [index] : [],
  );
  const [first, second] = answers;
  if (first === undefined) return [];
  const from = second === undefined ? 0 : first + 1;
  const shown = arrows.slice(from, (second ?? first) + 1).slice(-mostArrows);
  const began = shown[0]?.atNs ?? 0;
  return shown.map((arrow) => ({ ...arrow, atNs: arrow.atNs - began }));
}
