/**
 * One message between one client and its server: the requests, responses, frames and events that carry it there and
 * back, for the sequence diagram. Of all recorded messages it takes the one with the least other traffic around it.
 */
import type { Trial } from '../document/report.ts';
import type { Layer } from '../protocols/layers.ts';
import { type RecordedSpan, spansOf } from '../tap/spans.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Dissect } from '../wire/conversation.ts';
import { type Message, requestOf } from '../wire/message.ts';
import type { Direction } from '../wire/span.ts';

export type Arrow = Trial['sequence'][number];

/** Chunks of the steady phase that are kept: enough to contain a message that stands alone. */
const mostChunks = 400;
/** A picture of more arrows cannot be read; the last ones lead to the answer. */
const mostArrows = 12;

/** @param isMine whether a connection belongs to the client that is drawn. */
export function createSequence(dissect: Dissect<Layer>, isMine: (connection: number) => boolean) {
  const chunks: Chunk[] = [];
  let steady = 0;
  return {
    keep(chunk: Chunk) {
      if (steady >= mostChunks || chunk.phase === 'teardown' || !isMine(chunk.connection)) return;
      if (chunk.phase === 'steady') steady++;
      // A copy: a view would keep the whole reel in memory.
      chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) });
    },
    read: (): Arrow[] => numbered(clearest(arrowsOf(spansOf(chunks, dissect)))),
  };
}

/** An arrow of any phase; `exchange` numbers the requests in the order in which they were recorded. */
interface Recorded extends Arrow {
  readonly phase: RecordedSpan['phase'];
}

/** Bytes that arrive together in one direction are one arrow; a request or a response always begins a new one. */
function arrowsOf(spans: readonly RecordedSpan[]): Recorded[] {
  const arrows: Recorded[] = [];
  const exchanges = new Map<Message, number>();
  const exchangeOf = (message: Message): number => {
    const asked = requestOf(message) ?? message;
    const known = exchanges.get(asked) ?? exchanges.size + 1;
    exchanges.set(asked, known);
    return known;
  };
  for (const span of spans.toSorted((a, b) => a.chunk - b.chunk)) {
    const last = arrows.at(-1);
    const { message, phase, at, length } = span;
    const { direction } = message;
    const connection = message.connection.ordinal;
    const continues =
      last?.connection === connection &&
      last.direction === direction &&
      last.phase === phase &&
      !beginsAnew(span, last);
    const arrow = continues
      ? last
      : { atNs: at, connection, direction, phase, what: '', count: 0, messages: 0, bytes: 0 };
    if (!continues) arrows.push(arrow);
    arrow.bytes += length;
    if (span.mark === 'unit' && span.layer === 'payload') arrow.messages++;
    const what = whatBegins(span);
    if (what === null) continue;
    if (span.layer === 'http') arrow.exchange = exchangeOf(message);
    if (arrow.what === '') arrow.what = what;
    if (arrow.what === what) arrow.count++;
  }
  return arrows;
}

/** A request and its body may arrive in two chunks; a frame or an event that arrives later is another arrow. */
function beginsAnew({ layer, mark, at }: RecordedSpan, { atNs, what }: Arrow): boolean {
  if (mark !== 'unit') return false;
  const isApart =
    layer === 'chunk' || layer === 'sse' || layer === 'ndjson' || layer === 'websocket' || what === '';
  return layer === 'http' || (isApart && at !== atNs);
}

/** The label of what begins here: start line, `event`, `line`, or the frame's type; null in the middle of one. */
function whatBegins({ layer, mark, message, value = '' }: RecordedSpan): string | null {
  if (mark !== 'unit') return null;
  switch (layer) {
    case 'http':
      return message.kind === 'request' ? (value.split('?', 1)[0] ?? '') : value;
    case 'sse':
      return 'event';
    case 'ndjson':
      return 'line';
    case 'websocket':
      return frameName(message);
    default:
      return null;
  }
}

const frameName = (message: Message): string => (message.kind === 'frame' ? message.type : 'message');

/** Arrows of one message, and how much else they show. */
interface Picture {
  readonly arrows: readonly Recorded[];
  /** Other messages; exchanges drawn by half; arrows in its time that are left out; arrows drawn. */
  readonly clutter: readonly [number, number, number, number];
  readonly durationNs: number;
}

function clearest(all: readonly Recorded[]): readonly Recorded[] {
  const steady = all.filter(({ phase }) => phase === 'steady');
  const [up, down] = [messagesIn(steady, 'up'), messagesIn(steady, 'down')];
  // If the client receives more than it sends, its messages come from others: none of its own belongs to them.
  const echoes = up > 0 && down <= up;
  const pictures = steady
    .filter(({ direction, messages }) => direction === 'down' && messages > 0)
    .map((answer) => pictureOf(answer, { all, steady, echoes }));
  const [best] = pictures.toSorted((a, b) => compare(a.clutter, b.clutter));
  // Of equal pictures, that of median duration: the quickest would be a lucky poll.
  const equals = pictures
    .filter(({ clutter }) => compare(clutter, best?.clutter ?? clutter) === 0)
    .toSorted((a, b) => a.durationNs - b.durationNs);
  return equals[Math.floor((equals.length - 1) / 2)]?.arrows ?? [];
}

interface Recording {
  readonly all: readonly Recorded[];
  readonly steady: readonly Recorded[];
  readonly echoes: boolean;
}

/** From the answered request, or the echoed message if that is older, until both have their responses. */
function pictureOf(answer: Recorded, { all, steady, echoes }: Recording): Picture {
  const asked = steady.find((arrow) => arrow !== answer && isSame(arrow, answer));
  const said = echoes ? (asked?.messages ? asked : echoedBy(answer, all)) : undefined;
  const settled = said && steady.findLast((arrow) => isSame(arrow, said));
  const its = [asked, said, settled, answer].map((arrow) => (arrow ? steady.indexOf(arrow) : -1));
  const known = its.filter((index) => index >= 0);
  const during = steady.slice(Math.min(...known), Math.max(...known) + 1);
  const isHalf = (one: Recorded) =>
    one.exchange !== undefined && !during.some((other) => other !== one && isSame(other, one));
  // A request sent before, or answered later, belongs to another message.
  const belonging = during.filter((one) => one === answer || one === said || !isHalf(one));
  const beside = (way: Direction, wanted: number) => Math.abs(messagesIn(belonging, way) - wanted);
  return {
    arrows: lastOf(belonging, answer),
    clutter: [
      beside('up', echoes ? 1 : 0) + beside('down', 1),
      belonging.filter(isHalf).length,
      during.length - belonging.length,
      belonging.length,
    ],
    durationNs: (during.at(-1)?.atNs ?? 0) - (during[0]?.atNs ?? 0),
  };
}

/** The last arrows that fit. A response whose request does not fit is left out too, except for the answer itself. */
function lastOf(arrows: readonly Recorded[], answer: Recorded): Recorded[] {
  const cut = new Set(arrows.slice(0, -mostArrows).flatMap(({ exchange }) => exchange ?? []));
  return arrows
    .slice(-mostArrows)
    .filter((one) => one === answer || one.exchange === undefined || !cut.has(one.exchange));
}

const isSame = (a: Recorded, b: Recorded) => a.exchange !== undefined && a.exchange === b.exchange;

/** Messages are echoed in order: the first one in this answer is the first that was not yet echoed before it. */
function echoedBy(answer: Recorded, all: readonly Recorded[]): Recorded | undefined {
  let left = messagesIn(all.slice(0, all.indexOf(answer)), 'down');
  for (const arrow of all) {
    if (arrow.direction === 'down') continue;
    left -= arrow.messages;
    if (left < 0) return arrow;
  }
  return undefined;
}

const messagesIn = (arrows: readonly Recorded[], way: Direction) =>
  arrows.reduce((sum, { direction, messages }) => sum + (direction === way ? messages : 0), 0);

const compare = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

/** For the report: time, and the numbers of exchanges, start at the first arrow. */
function numbered(arrows: readonly Recorded[]): Arrow[] {
  const began = arrows[0]?.atNs ?? 0;
  const exchanges = [...new Set(arrows.flatMap(({ exchange }) => exchange ?? []))];
  return arrows.map(({ phase: _, exchange, ...arrow }) => ({
    ...arrow,
    atNs: arrow.atNs - began,
    ...(exchange === undefined ? {} : { exchange: exchanges.indexOf(exchange) + 1 }),
  }));
}
