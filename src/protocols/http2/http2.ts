/**
 * Both directions of an HTTP/2 connection (RFC 9113): a preface upward, then frames, each of the connection or of one
 * of its streams. A stream is a request and its response; they are read as in HTTP/1.1. A CONNECT may switch its stream
 * alone to another protocol (RFC 8441). Flow control frames are told, but reading does not depend on them.
 */
import { type Conversation, type Dissect, type Listener, weighing } from '../../wire/conversation.ts';
import { outermost, type Part, partOf, type WireConnection } from '../../wire/message.ts';
import { giveUp, type Parser, take } from '../../wire/reader.ts';
import type { Direction } from '../../wire/span.ts';
import { feedSpliced, type Splice } from '../../wire/splice.ts';
import { passOn } from '../chunked/chunked.ts';
import { createSessions, type Sessions } from '../engine-io/sessions.ts';
import type { Layer } from '../layers.ts';
import { openRequestContent, openResponseContent } from './content.ts';
import { createExchanges, type StreamExchanges, saidBy } from './exchanges.ts';
import { readHeaderBlock, tellHeaderBlock } from './header-block.ts';
import { beginRequest, beginResponse, isInterim } from './heads.ts';
import { createHeaderDecoder, type HeaderDecoder } from './hpack/header-decoder.ts';
import {
  type ControlType,
  type FrameHead,
  flags,
  readControl,
  readFrameHead,
  tellHead,
} from './http2-frames.ts';
import { settingsOf } from './names.ts';

/** State that both directions share. */
interface Talk {
  readonly connection: WireConnection;
  readonly sessions: Sessions;
  readonly exchanges: StreamExchanges;
  readonly decoders: Readonly<Record<Direction, HeaderDecoder>>;
  /** Table sizes in SETTINGS of this direction that the other has not acknowledged; null for SETTINGS without one. */
  readonly tableSizes: Readonly<Record<Direction, (number | null)[]>>;
}

/** One direction of it. */
interface Lane extends Talk {
  readonly direction: Direction;
  readonly wire: Splice<Layer>;
}

/** What every client sends first: a server of HTTP/1.1 answers it with an error at once (§3.4). */
export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');

/** Size of both header tables until SETTINGS change it (§6.5.2). */
const firstTableBytes = 4096;

/** For all connections of the same peers: they share their Engine.IO sessions. */
export const http2Conversations = (): Dissect<Layer> => {
  const sessions = createSessions();
  return (listener, ordinal = 0) => conversation(sessions, listener, { ordinal, messages: 0 });
};

function conversation(
  sessions: Sessions,
  listener: Listener<Layer>,
  connection: WireConnection,
): Conversation {
  const wires: Partial<Record<Direction, Splice<Layer>>> = {};
  const talk: Talk = {
    connection,
    sessions,
    exchanges: createExchanges(wires, listener),
    decoders: { up: createHeaderDecoder(firstTableBytes), down: createHeaderDecoder(firstTableBytes) },
    tableSizes: { up: [], down: [] },
  };
  const tell = weighing(listener.tell);
  const open = (direction: Direction) =>
    feedSpliced(tell, outermost(connection, direction, 'unread'), (wire: Splice<Layer>) => {
      wires[direction] = wire;
      return readFrames({ ...talk, direction, wire });
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

function* readFrames(lane: Lane): Parser {
  if (lane.direction === 'up') yield* readPreface(lane);
  for (let isFirst = true; ; isFirst = false) {
    const head = yield* readFrameHead();
    const { type } = head;
    // Both sides begin with SETTINGS (§3.4); otherwise the recording began in the middle of the connection.
    if (isFirst && type !== 'settings') return yield* giveUp('no-preface');
    // CONTINUATION is read with its header block, never here; and only a server sends PUSH_PROMISE (§8.4).
    const isMisplaced = type === 'continuation' || (type === 'push-promise' && lane.direction === 'up');
    if (isMisplaced) return yield* giveUp('malformed');
    if (type === 'data') yield* readData(lane, head);
    else if (type === 'headers') yield* readHeaders(lane, head);
    else if (type === 'push-promise') yield* readPromise(lane, head);
    else yield* readOther(lane, { ...head, type });
  }
}

function* readPreface({ wire, connection }: Lane): Parser<void> {
  yield (source) => {
    const begun = Math.min(source.length(), preface.length);
    for (let at = 0; at < begun; at++) if (source.at(at) !== preface[at]) return 'no-preface';
    return begun === preface.length ? source.take(begun) : undefined;
  };
  const message = outermost(connection, 'up', 'frame', 'preface');
  wire.tell({ message, layer: 'http2', name: 'preface', length: preface.length, mark: 'unit' });
}

/** A frame is a part of the message that its sender has begun on its stream, if there is one. */
function frameOf({ type, stream }: FrameHead, { direction, connection, exchanges }: Lane): Part {
  const said = saidBy(exchanges.on(stream), direction);
  return said ? partOf(said, 'frame', type) : outermost(connection, direction, 'frame', type, stream);
}

function* readOther(lane: Lane, head: FrameHead & { readonly type: ControlType }): Parser<void> {
  const { wire, direction, connection, tableSizes } = lane;
  const { type, stream } = head;
  // WINDOW_UPDATE and PRIORITY come at any time: counted with a message, they would make its size vary between runs.
  const frame =
    type === 'rst-stream' ? frameOf(head, lane) : outermost(connection, direction, 'frame', type, stream);
  tellHead(wire.tell, frame);
  const payload = yield* readControl(wire.tell, frame, head);
  if (type === 'settings') {
    const sizes = settingsOf(payload).filter(({ name }) => name === 'HEADER_TABLE_SIZE');
    tableSizes[direction].push(sizes.at(-1)?.value ?? null);
  } else if (type === 'settings-ack') {
    const size = tableSizes[direction === 'up' ? 'down' : 'up'].shift() ?? null;
    if (size !== null) lane.decoders[direction].allow(size);
  } else if (type === 'rst-stream') lane.exchanges.breakOff(stream);
}

function* readData(lane: Lane, head: FrameHead): Parser<void> {
  const { wire, direction, exchanges } = lane;
  const exchange = exchanges.on(head.stream);
  const said = exchange?.half[direction] === 'content' ? saidBy(exchange, direction) : null;
  const frame = frameOf(head, lane);
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
  if (exchange && said && (head.flags & flags.endStream) !== 0) exchanges.end(exchange, direction);
}

function* readHeaders(lane: Lane, head: FrameHead): Parser<void> {
  const { wire, direction, connection, exchanges } = lane;
  const { stream } = head;
  const block = yield* readHeaderBlock(head);
  const pieces = lane.decoders[direction].decode(block.bytes);
  if (typeof pieces === 'string') return yield* giveUp(pieces);
  const endsStream = (head.flags & flags.endStream) !== 0;
  const known = exchanges.on(stream);
  const before = saidBy(known, direction);
  if (known && before && !(before.kind === 'response' && isInterim(before))) {
    tellHeaderBlock(wire.tell, before, block, pieces, 'trailers');
    if (endsStream) exchanges.end(known, direction);
  } else if (direction === 'up') {
    const request = beginRequest(connection, pieces, stream, 'up');
    const exchange = exchanges.begin(stream, request);
    tellHeaderBlock(wire.tell, request, block, pieces, 'head');
    openRequestContent(request, { ...lane, exchange, endsStream });
  } else {
    const exchange = known ?? exchanges.begin(stream, null);
    const response = beginResponse(connection, pieces, stream, exchange);
    tellHeaderBlock(wire.tell, response, block, pieces, 'head');
    if (!isInterim(response)) openResponseContent(response, { ...lane, exchange, endsStream });
  }
}

/** A request that the server makes in its client's place, to answer it (§8.4). */
function* readPromise({ wire, connection, decoders, exchanges }: Lane, head: FrameHead): Parser<void> {
  const block = yield* readHeaderBlock(head);
  const pieces = decoders.down.decode(block.bytes);
  if (typeof pieces === 'string') return yield* giveUp(pieces);
  const request = beginRequest(connection, pieces, block.promised, 'down');
  const exchange = exchanges.begin(block.promised, request);
  tellHeaderBlock(wire.tell, request, block, pieces, 'head');
  exchanges.settle(exchange, 'up');
}
