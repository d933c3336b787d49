/**
 * Both directions of an HTTP/2 connection (RFC 9113): a preface upward, then frames, each of the connection or of one of its
 * streams. A stream is a request and its response; they are read as those of HTTP/1.1 are, and a CONNECT may become
 * something else, on its stream alone (RFC 8441). What frames say of windows is told, and heeded by nobody here.
 */
import { type Conversation, type Dissect, type Listener, weighing } from '../../wire/conversation.ts';
import {
  openRequest,
  openResponse,
  outermost,
  type Part,
  partOf,
  type Request,
  type Response,
  type WireConnection,
} from '../../wire/message.ts';
import { giveUp, type Open, type Parser, take, until } from '../../wire/reader.ts';
import type { Direction } from '../../wire/span.ts';
import { feedSpliced, type Splice } from '../../wire/splice.ts';
import { passOn } from '../chunked/chunked.ts';
import { createSessions, type Sessions } from '../engine-io/sessions.ts';
import { dissectorOf } from '../http1/body.ts';
import { requestBody, responseBody } from '../http1/body-of.ts';
import { readBody } from '../http1/http-body.ts';
import { switched, type Upgraded } from '../http1/upgrade.ts';
import type { Layer } from '../layers.ts';
import { type HeaderBlock, readHeaderBlock, tellHeaderBlock } from './header-block.ts';
import { createHeaderDecoder, type HeaderDecoder, type Representation } from './hpack/header-decoder.ts';
import {
  type ControlType,
  type FrameHead,
  flags,
  readControl,
  readFrameHead,
  tellHead,
} from './http2-frames.ts';
import { settingsOf } from './names.ts';
import { preface } from './preface.ts';

/** A request and its response on their stream. */
interface Exchange {
  /** Null where nobody was seen to ask. */
  readonly request: Request | null;
  response: Response | null;
  /** How far each side has come: its head, then content, until it has ended its half of the stream. */
  readonly half: Record<Direction, 'head' | 'content' | 'ended'>;
  /** What a CONNECT makes of its stream is for the response to say: until then nothing upward can be read. */
  outcome: 'undecided' | 'stays-http' | Upgraded;
  /** Halves that are complete as messages of HTTP; how many of them have been told. */
  readonly settled: Set<Direction>;
  told: number;
}

/** What the two directions know of each other. */
interface Talk {
  readonly connection: WireConnection;
  readonly sessions: Sessions;
  readonly answered: Listener<Layer>['answered'];
  readonly exchanges: Map<number, Exchange>;
  /** Streams that somebody has reset, oldest first: what was under way still comes. */
  readonly reset: number[];
  readonly wires: Partial<Record<Direction, Splice<Layer>>>;
  readonly decoders: Readonly<Record<Direction, HeaderDecoder>>;
  /** Table sizes in SETTINGS of this direction that the other has not acknowledged; null where one says none. */
  readonly tableSizes: Readonly<Record<Direction, (number | null)[]>>;
}

const directions = ['up', 'down'] as const;
const other = { up: 'down', down: 'up' } as const;
/** Of both header tables, until a SETTINGS says otherwise (§6.5.2). */
const firstTableBytes = 4096;
const resetsKept = 100;
const nothing = new Uint8Array(0);

/** For each of the connections of the same peers: they know what was said on the others. */
export const http2Conversations = (): Dissect<Layer> => {
  const sessions = createSessions();
  return (listener, ordinal = 0) => conversation(sessions, listener, { ordinal, messages: 0 });
};

function conversation(
  sessions: Sessions,
  listener: Listener<Layer>,
  connection: WireConnection,
): Conversation {
  const talk: Talk = {
    connection,
    sessions,
    answered: listener.answered,
    exchanges: new Map(),
    reset: [],
    wires: {},
    decoders: { up: createHeaderDecoder(firstTableBytes), down: createHeaderDecoder(firstTableBytes) },
    tableSizes: { up: [], down: [] },
  };
  const tell = weighing(listener.tell);
  const open = (direction: Direction) =>
    feedSpliced(tell, outermost(connection, direction, 'unread'), (wire: Splice<Layer>) => {
      talk.wires[direction] = wire;
      return readFrames(wire, direction, talk);
    });
  const both = { up: open('up'), down: open('down') };
  return {
    push: (direction, bytes) => both[direction].push(bytes),
    end() {
      both.up.end();
      both.down.end();
    },
  };
}

function* readFrames(wire: Splice<Layer>, direction: Direction, talk: Talk): Parser {
  if (direction === 'up') yield* readPreface(wire, talk);
  for (let isFirst = true; ; isFirst = false) {
    const head = yield* readFrameHead();
    const { type } = head;
    // Both sides begin with SETTINGS (§3.4); whoever does not was under way before anybody looked.
    if (isFirst && type !== 'settings') return yield* giveUp('no-preface');
    // Only a server promises (§8.4).
    if (type === 'push-promise' && direction === 'up') return yield* giveUp('malformed');
    if (type === 'headers' || type === 'push-promise') yield* readHeaders(wire, direction, talk, head);
    else if (type === 'data') yield* readData(wire, direction, talk, head);
    else if (type === 'continuation') return yield* giveUp('malformed');
    else yield* readOther(wire, direction, talk, { ...head, type });
  }
}

function* readPreface(wire: Splice<Layer>, { connection }: Talk): Parser<void> {
  yield (source) => {
    const begun = Math.min(source.length, preface.length);
    for (let at = 0; at < begun; at++) if (source.at(at) !== preface[at]) return 'no-preface';
    return begun === preface.length ? source.take(begun) : undefined;
  };
  const message = outermost(connection, 'up', 'frame', 'preface');
  wire.tell({ message, layer: 'http2', name: 'preface', length: preface.length, mark: 'unit' });
}

/** A frame is a part of the message that its sender says on its stream, if it has begun one. */
function frameOf({ type, stream }: FrameHead, direction: Direction, { connection, exchanges }: Talk): Part {
  const said = saidBy(exchanges.get(stream), direction);
  return said ? partOf(said, 'frame', type) : outermost(connection, direction, 'frame', type, stream);
}

const saidBy = (exchange: Exchange | undefined, direction: Direction): Request | Response | null => {
  const said = direction === 'up' ? exchange?.request : exchange?.response;
  // A promised request is the server's.
  return said?.direction === direction ? said : null;
};

function* readOther(
  wire: Splice<Layer>,
  direction: Direction,
  talk: Talk,
  head: FrameHead & { readonly type: ControlType },
): Parser<void> {
  const { type, stream } = head;
  // Windows and priorities come when they come: a message that weighed them would weigh now this, now that.
  const isFree = type !== 'rst-stream';
  const frame = isFree
    ? outermost(talk.connection, direction, 'frame', type, stream)
    : frameOf(head, direction, talk);
  tellHead(wire.tell, frame);
  const payload = yield* readControl(wire.tell, frame, head);
  if (type === 'settings') {
    const sizes = settingsOf(payload).filter(({ name }) => name === 'HEADER_TABLE_SIZE');
    talk.tableSizes[direction].push(sizes.at(-1)?.value ?? null);
  } else if (type === 'settings-ack') {
    const size = talk.tableSizes[other[direction]].shift() ?? null;
    if (size !== null) talk.decoders[direction].allow(size);
  } else if (type === 'rst-stream') breakOff(stream, talk);
}

function* readData(wire: Splice<Layer>, direction: Direction, talk: Talk, head: FrameHead): Parser<void> {
  const exchange = talk.exchanges.get(head.stream);
  const said = exchange?.half[direction] === 'content' ? saidBy(exchange, direction) : null;
  const frame = frameOf(head, direction, talk);
  const own = (name: string, length: number) =>
    wire.tell({ message: frame, layer: 'http2', name, length, mark: 'field' });
  tellHead(wire.tell, frame);
  let left = head.length;
  let padding = 0;
  if ((head.flags & flags.padded) !== 0) {
    if (left === 0) return yield* giveUp('malformed');
    [padding = 0] = yield* take(1);
    own('pad-length', 1);
    if (padding >= left--) return yield* giveUp('malformed');
  }
  if (said) yield* passOn(wire, said, left - padding);
  else if (left > padding) {
    yield* take(left - padding);
    own('discarded-data', left - padding);
  }
  if (padding > 0) {
    yield* take(padding);
    own('padding', padding);
  }
  if (exchange && said && (head.flags & flags.endStream) !== 0) endHalf(exchange, direction, talk);
}

function* readHeaders(wire: Splice<Layer>, direction: Direction, talk: Talk, head: FrameHead): Parser<void> {
  const block = yield* readHeaderBlock(head);
  const pieces = talk.decoders[direction].decode(block.bytes);
  if (typeof pieces === 'string') return yield* giveUp(pieces);
  const { exchanges } = talk;
  if (head.type === 'push-promise') return promise(wire, block, pieces, talk);
  const endsStream = (head.flags & flags.endStream) !== 0;
  const known = exchanges.get(head.stream);
  const before = saidBy(known, direction);
  if (known && before && !(before.kind === 'response' && isInterim(before))) {
    tellHeaderBlock(wire.tell, before, block, pieces, 'trailers');
    if (endsStream) endHalf(known, direction, talk);
  } else if (direction === 'up') {
    const request = asked(talk.connection, fieldsOf(pieces), head.stream, 'up');
    const exchange = begin(talk, head.stream, request);
    tellHeaderBlock(wire.tell, request, block, pieces, 'head');
    openRequestContent(wire, exchange, request, endsStream, talk);
  } else {
    const exchange = known ?? begin(talk, head.stream, null);
    const response = answer(exchange, fieldsOf(pieces), head.stream, talk);
    tellHeaderBlock(wire.tell, response, block, pieces, 'head');
    if (!isInterim(response)) openResponseContent(wire, exchange, response, endsStream, talk);
  }
}

const isInterim = ({ status }: Response): boolean => status >= 100 && status < 200;

/** Values of repeated fields are joined as ever; cookies as one field of HTTP/1.1 has them (§8.2.3). */
function fieldsOf(pieces: readonly Representation[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const piece of pieces) {
    if (piece.kind === 'size-update') continue;
    const { name, value } = piece;
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}${name === 'cookie' ? '; ' : ', '}${value}`);
  }
  return fields;
}

function begin({ exchanges }: Talk, stream: number, request: Request | null): Exchange {
  const half = {
    up: request?.direction === 'up' ? ('content' as const) : ('ended' as const),
    down: 'head' as const,
  };
  const outcome = request?.method === 'CONNECT' ? 'undecided' : 'stays-http';
  const exchange: Exchange = { request, response: null, half, outcome, settled: new Set(), told: 0 };
  exchanges.set(stream, exchange);
  return exchange;
}

function asked(
  connection: WireConnection,
  fields: ReadonlyMap<string, string>,
  stream: number,
  direction: Direction,
): Request {
  // A CONNECT without a path asks for a host (§8.5).
  const target = fields.get(':path') ?? fields.get(':authority') ?? '';
  const request = openRequest(connection, fields.get(':method') ?? '', target, stream, direction);
  for (const [name, value] of fields) request.headers.set(name, value);
  return request;
}

function answer(
  exchange: Exchange,
  fields: ReadonlyMap<string, string>,
  stream: number,
  { connection }: Talk,
): Response {
  exchange.response ??= openResponse(connection, exchange.request, stream);
  const { response } = exchange;
  const status = fields.get(':status') ?? '';
  response.status = /^\d{3}$/.test(status) ? Number(status) : 0;
  response.headers.clear();
  for (const [name, value] of fields) response.headers.set(name, value);
  return response;
}

/** A request that the server makes in its client's place, to answer it (§8.4). */
function promise(
  wire: Splice<Layer>,
  block: HeaderBlock,
  pieces: readonly Representation[],
  talk: Talk,
): void {
  const request = asked(talk.connection, fieldsOf(pieces), block.promised, 'down');
  const exchange = begin(talk, block.promised, request);
  tellHeaderBlock(wire.tell, request, block, pieces, 'head');
  settle(wire, exchange, 'up', talk);
}

function openRequestContent(
  wire: Splice<Layer>,
  exchange: Exchange,
  request: Request,
  endsStream: boolean,
  talk: Talk,
): void {
  if (exchange.outcome === 'undecided') {
    wire.enter(request, undecided(exchange, request, talk));
    settle(wire, exchange, 'up', talk);
  } else if (!endsStream || isMessageOfNone(request)) {
    wire.enter(request, dissectorOf(requestBody(request), talk.sessions));
  }
  if (endsStream) endHalf(exchange, 'up', talk);
}

/** Content of no bytes is a message where content is what the method is about. */
const isMessageOfNone = ({ method, headers }: Request): boolean =>
  headers.has('content-length') || /^(POST|PUT|PATCH)$/.test(method);

/** What goes upward after a CONNECT waits until the response has said what it is. */
const undecided =
  (exchange: Exchange, request: Request, { sessions }: Talk): Open<Layer> =>
  (tell, message) =>
    feedSpliced(tell, message, function* (wire: Splice<Layer>): Parser {
      yield* until(() => exchange.outcome !== 'undecided');
      if (typeof exchange.outcome === 'function') return yield* exchange.outcome(wire, message);
      yield* readBody(wire, message, { kind: 'until-close' }, dissectorOf(requestBody(request), sessions));
      return yield* giveUp('torn');
    });

function openResponseContent(
  wire: Splice<Layer>,
  exchange: Exchange,
  response: Response,
  endsStream: boolean,
  talk: Talk,
): void {
  // The stream was reset before its answer came: nobody reads that.
  if (exchange.half.down !== 'head') return;
  exchange.half.down = 'content';
  const upgraded = switched(response, talk.sessions);
  if (upgraded) {
    wire.enter(response, (tell, message) =>
      feedSpliced(tell, message, (wire: Splice<Layer>) => upgraded(wire, message)),
    );
    settle(wire, exchange, 'down', talk);
  } else if (hasContent(response)) {
    wire.enter(response, dissectorOf(responseBody(response), talk.sessions));
  }
  decide(exchange, upgraded ?? 'stays-http', talk);
  if (endsStream) endHalf(exchange, 'down', talk);
}

const hasContent = ({ status, peer }: Response): boolean =>
  peer?.method !== 'HEAD' && status !== 204 && status !== 304;

function decide(exchange: Exchange, outcome: Exchange['outcome'], { wires }: Talk): void {
  if (exchange.outcome !== 'undecided') return;
  exchange.outcome = outcome;
  if (!exchange.request) return;
  wires.up?.pass(exchange.request, nothing);
  if (exchange.half.up === 'ended') wires.up?.leave(exchange.request);
}

/** One side says nothing more on this stream. */
function endHalf(exchange: Exchange, direction: Direction, talk: Talk): void {
  const wire = talk.wires[direction];
  const said = saidBy(exchange, direction);
  exchange.half[direction] = 'ended';
  const waits = direction === 'up' && exchange.outcome === 'undecided';
  if (said && !waits) wire?.leave(said);
  if (wire) settle(wire, exchange, direction, talk);
  if (said && directions.every((one) => exchange.half[one] === 'ended')) talk.exchanges.delete(said.stream);
}

/** Somebody resets a stream, and both halves end (§5.4.2). What was under way is still told, and read by nobody. */
function breakOff(stream: number, talk: Talk): void {
  const exchange = talk.exchanges.get(stream);
  if (!exchange) return;
  exchange.outcome = 'stays-http';
  for (const direction of directions) {
    const wire = talk.wires[direction];
    const said = saidBy(exchange, direction);
    exchange.half[direction] = 'ended';
    if (said) wire?.tear(said);
    if (wire) settle(wire, exchange, direction, talk);
  }
  talk.reset.push(stream);
  const oldest = talk.reset.length > resetsKept ? talk.reset.shift() : undefined;
  if (oldest !== undefined) talk.exchanges.delete(oldest);
}

/** One half of an exchange is complete: the second says that the exchange is, once all of it is told. */
function settle(wire: Splice<Layer>, exchange: Exchange, direction: Direction, { answered }: Talk): void {
  if (exchange.settled.has(direction)) return;
  exchange.settled.add(direction);
  // Each half waits for its own direction; the later of the two tells.
  wire.afterwards(() => {
    const { request, response } = exchange;
    if (++exchange.told === 2 && request && response) answered?.(request, response);
  });
}
