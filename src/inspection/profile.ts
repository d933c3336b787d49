/**
 * What an application sends, taken apart so that two recordings can be compared: each kind of unit (an exchange, an
 * event, a frame, a packet), how often it came, and in which *shapes*. A shape is the unit's fields in their order,
 * with their bytes, and HTTP lines as text (see `steady-lines.ts`).
 *
 * While Socket.IO connects, a race decides which requests there are and which packets share a body, so these differ
 * each time. Its requests and frames are therefore kinds that race: their shapes are compared, their number is not.
 * Its packets are kinds of their own, whatever carried them.
 */

import { legible } from '../protocols/http1/http-head.ts';
import type { Layer } from '../protocols/layers.ts';
import { type RecordedSpan, readSpans } from '../tap/spans.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Dissect } from '../wire/conversation.ts';
import { type Message, type Request, requestOf } from '../wire/message.ts';
import { latin1 } from '../wire/source.ts';
import type { Direction } from '../wire/span.ts';
import { createKinds, type Kinds, type ProfileUnit } from './profile-kinds.ts';
import { steadyLine, steadyTarget } from './steady-lines.ts';

export function createProfiler(dissect: Dissect<Layer>) {
  const kinds = createKinds();
  const open = new Map<number, ReturnType<typeof sortConnection>>();
  const sorterOf = (connection: number) => {
    const sorter = open.get(connection) ?? sortConnection(kinds);
    open.set(connection, sorter);
    return sorter;
  };
  const spans = readSpans(
    dissect,
    (span) => sorterOf(span.message.connection.ordinal).span(span),
    (request) => sorterOf(request.connection.ordinal).answered(request),
  );
  return {
    take: (chunk: Chunk) => spans.push(chunk),
    close(connection: number) {
      spans.close(connection);
      open.get(connection)?.end();
      open.delete(connection);
    },
    /** The profile of all units that have ended. */
    read: kinds.read,
  };
}

interface ExchangeUnit extends ProfileUnit {
  readonly where: string;
}

/**
 * The exchanges of one connection. Each lasts from its request until the answer after its own begins; on a stream of
 * its own (HTTP/2), until it is answered.
 */
function createExchanges(kinds: Kinds) {
  let first: ExchangeUnit | null = null;
  /** Exchanges that may go on. A connection may carry any number, so those that have ended are not kept. */
  const going = new Map<Request, ExchangeUnit>();
  let answered: Request | null = null;
  const end = (request: Request) => {
    const exchange = going.get(request);
    if (exchange) kinds.add(exchange);
    going.delete(request);
  };
  return {
    asked(request: Request) {
      const { method, target } = request;
      const [path = ''] = steadyTarget(target).split('?');
      const [, transport] = /[?&]EIO=\d/.test(target) ? (/[?&]transport=(\w+)/.exec(target) ?? []) : [];
      const where = `${method} ${path.slice(0, longestPath)}`;
      const engine = transport ? ` (Engine.IO, ${transport})` : '';
      const exchange: ExchangeUnit = {
        fields: new Map(),
        where,
        races: transport !== undefined,
        kind: () => `${where} ${statusOf(request)}${engine}`,
      };
      first ??= exchange;
      going.set(request, exchange);
    },
    /** An answer to this request begins: the exchange that was answered before is over. */
    answers(request: Request | null) {
      if (!request || answered === request) return;
      if (answered) end(answered);
      answered = request;
    },
    end,
    of(message: Message): ExchangeUnit | null {
      const request = requestOf(message);
      return (request && going.get(request)) ?? null;
    },
    endAll() {
      for (const exchange of going.values()) kinds.add(exchange);
      // The number of Socket.IO's connections depends on its race, so they are not counted.
      if (first && !first.races) kinds.connected(first.where);
    },
  };
}

/** The units under way in an exchange: one in each direction, and the chunk of a stream around it. */
function createParts(kinds: Kinds) {
  /** A frame, a packet or an event. */
  const part: Record<Direction, ProfileUnit | null> = { up: null, down: null };
  /** A chunk may hold a part of an event, or several. */
  let chunk: ProfileUnit | null = null;
  const end = (direction: Direction) => {
    if (part[direction]) kinds.add(part[direction]);
    part[direction] = null;
  };
  const endChunk = () => {
    if (chunk) kinds.add(chunk);
    chunk = null;
  };
  return {
    current: (direction: Direction) => part[direction],
    end,
    endChunk,
    begin(direction: Direction, races: boolean, kind: (fields: ProfileUnit['fields']) => string) {
      end(direction);
      const fields: ProfileUnit['fields'] = new Map();
      part[direction] = { fields, races, kind: () => kind(fields) };
      return part[direction];
    },
    chunkOf(where: string, begins: boolean) {
      if (begins) {
        endChunk();
        chunk = { fields: new Map(), races: true, kind: () => `chunk of ${where}` };
      }
      return chunk;
    },
  };
}

/** Sorts the spans of one connection into units. */
function sortConnection(kinds: Kinds) {
  const exchanges = createExchanges(kinds);
  const streams = new Map<number, ReturnType<typeof createParts>>();
  const partsOf = (stream: number) => {
    const parts = streams.get(stream) ?? createParts(kinds);
    streams.set(stream, parts);
    return parts;
  };
  const endParts = (stream: number) => {
    const parts = streams.get(stream);
    parts?.end('up');
    parts?.end('down');
    parts?.endChunk();
    streams.delete(stream);
  };
  return {
    span(span: RecordedSpan) {
      const { message, layer, mark } = span;
      // Timing decides how the content is cut into records and frames, so they are not compared.
      if (layer === 'tls' || layer === 'http2') return;
      const parts = partsOf(message.stream);
      if (layer === 'http' && mark === 'unit') {
        parts.end(message.direction);
        if (message.kind === 'request') exchanges.asked(message);
        if (message.kind === 'response') {
          parts.endChunk();
          if (message.stream === 0) exchanges.answers(message.peer);
        }
      }
      const owner = ownerOf(span, exchanges.of(message), parts);
      if (owner) addField(owner, span, kinds.unsteady);
    },
    answered(request: Request) {
      // A tunnel that a CONNECT has opened goes on after its answer.
      if (request.stream === 0 || request.method === 'CONNECT') return;
      endParts(request.stream);
      exchanges.end(request);
    },
    end() {
      for (const stream of [...streams.keys()]) endParts(stream);
      exchanges.endAll();
    },
  };
}

/** The unit that a span is a field of: a new one if the span begins it; null for separators that belong to none. */
function ownerOf(
  { message, layer, name, mark }: RecordedSpan,
  exchange: ExchangeUnit | null,
  parts: ReturnType<typeof createParts>,
): ProfileUnit | null {
  const { direction } = message;
  const where = exchange?.where ?? '';
  const begins = mark === 'unit';
  switch (layer) {
    case 'http':
      return exchange;
    case 'websocket': {
      if (!begins) return parts.current(direction);
      const what = message.kind === 'frame' ? message.type : '';
      return parts.begin(direction, exchange?.races ?? false, () => `${what} frame ${direction}, ${where}`);
    }
    case 'engine.io':
      // The race decides how many packets share a body.
      if (name === 'separator') return null;
      return begins
        ? parts.begin(direction, name !== 'message', (fields) => packetKind(name, fields, direction))
        : parts.current(direction);
    case 'sse':
    case 'ndjson':
      return begins
        ? parts.begin(direction, false, (fields) => `${eventKind(layer, fields)} of ${where}`)
        : parts.current(direction);
    case 'chunk':
      return isStream(requestOf(message)) ? parts.chunkOf(where, begins) : exchange;
    default:
      return parts.current(direction) ?? exchange;
  }
}

/** The final status; an interim response (1xx, except 101) has none, because the exchange goes on. */
const statusOf = ({ peer }: Request): string =>
  peer && (peer.status >= 200 || peer.status === 101) ? String(peer.status) : '-';

/** An event stream, or lines of JSON: its events or lines are units of their own. */
const isStream = (request: Request | null): boolean =>
  /event-stream|ndjson|jsonl/i.test(request?.peer?.headers.get('content-type') ?? '');

/** For a packet that carries Socket.IO, the kind of that: `Socket.IO event "chat" up`. */
function packetKind(type: string, fields: ProfileUnit['fields'], direction: Direction): string {
  const packet = [...fields.values()].find(({ layer }) => layer === 'socket.io');
  const event = fields.get(`${direction} socket.io event-name`)?.line;
  if (!packet) return `Engine.IO ${type} ${direction}`;
  return `Socket.IO ${packet.name}${event === undefined ? '' : ` "${event}"`} ${direction}`;
}

function eventKind(layer: 'sse' | 'ndjson', fields: ProfileUnit['fields']): string {
  if (layer === 'ndjson') return 'line';
  return fields.has('down sse comment') && !fields.has('down sse data') ? 'comment' : 'event';
}

/** Characters kept of a line, and of a path. */
const longestLine = 64 * 1024;
const longestPath = 1000;

function addField(unit: ProfileUnit, span: RecordedSpan, unsteady: Set<string>): void {
  const { layer, name, mark, bytes, clear } = span;
  const { direction } = span.message;
  const key = `${direction} ${layer} ${name}`;
  const field = unit.fields.get(key) ?? { direction, layer, name, count: 0, bytes: 0 };
  unit.fields.set(key, field);
  if (mark !== 'more') field.count++;
  const isLine = layer === 'http' && name !== 'blank-line';
  if (!isLine) {
    field.bytes += bytes.length;
    if (name === 'event-name') field.line = Buffer.from(clear).toString('utf8');
    return;
  }
  // Latin-1: one character for each byte, because its length is counted as bytes.
  const { text, isUnsteady } = steadyLine(name, latin1(clear), !unit.races);
  if (isUnsteady) unsteady.add(name);
  const line = legible(text.slice(0, longestLine));
  field.line = field.line === undefined ? line : `${field.line}\n${line}`;
  field.bytes += text.length + 2;
}
