/**
 * What an application says, taken apart so that two recordings can be held against each other: each kind of thing that
 * was said (an exchange, an event, a frame, a packet), how often, and how it looked. How it looks is a *shape*: its
 * fields in their order, with their bytes, and HTTP lines as they read (see `steady-lines.ts`).
 *
 * What Socket.IO does while it connects is decided by a race: which requests there are, and which packets share a body,
 * is another each time. So its requests and frames are kinds that race: how they look is compared, how many there are is
 * not. Its packets are kinds of their own, whatever carried them.
 */

import { unmask } from '../protocols/websocket/mask.ts';
import { frameKinds } from '../protocols/websocket/websocket-head.ts';
import { anatomyOfConnection, type Span } from '../tap/spans.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Dissect } from '../wire/conversation.ts';
import type { Direction } from '../wire/span.ts';
import { createKinds, type Kinds, type Unit } from './profile-kinds.ts';
import { steadyLine, steadyTarget } from './steady-lines.ts';

export function createProfiler(dissect: Dissect) {
  const kinds = createKinds();
  const open = new Map<number, { push(chunk: Chunk): void; end(): void }>();
  let ordinal = 0;
  const opened = (connection: number) => {
    const reader = readConnection(kinds);
    const { push, end } = anatomyOfConnection(connection, dissect, reader.span);
    const one = {
      push: (chunk: Chunk) => push(chunk, ordinal++),
      end() {
        end();
        reader.end();
      },
    };
    open.set(connection, one);
    return one;
  };
  return {
    take: (chunk: Chunk) => (open.get(chunk.connection) ?? opened(chunk.connection)).push(chunk),
    close(connection: number) {
      open.get(connection)?.end();
      open.delete(connection);
    },
    /** Of everything that has ended. */
    read: kinds.read,
  };
}

interface ExchangeUnit extends Unit {
  readonly where: string;
  status: string;
  /** An event stream, or lines of JSON: what it carries are things of their own. */
  isStream: boolean;
}

const noMask = new Uint8Array(0);

/** Sorts the spans of one connection into units. */
function readConnection(kinds: Kinds) {
  let first: ExchangeUnit | null = null;
  const unanswered: ExchangeUnit[] = [];
  /** The exchange a direction speaks of now. */
  const current: Record<Direction, ExchangeUnit | null> = { up: null, down: null };
  /** A frame, a packet or an event in it. */
  const part: Record<Direction, Unit | null> = { up: null, down: null };
  /** A chunk of a stream, which may hold a part of an event, or several. */
  let chunk: Unit | null = null;
  /** The mask of the frame a direction is in, and how much of the frame has been seen under it. */
  const masked: Record<Direction, { key: Uint8Array; seen: number }> = {
    up: { key: noMask, seen: 0 },
    down: { key: noMask, seen: 0 },
  };
  const clear = ({ direction, layer, name, bytes }: Span): Uint8Array => {
    const mask = masked[direction];
    if (layer === 'websocket' && name === 'opcode') masked[direction] = { key: noMask, seen: 0 };
    if (layer === 'websocket' && name === 'masking-key') masked[direction] = { key: bytes, seen: 0 };
    if (layer === 'websocket' || layer === 'http') return bytes;
    const from = mask.seen;
    mask.seen += bytes.length;
    return mask.key.length === 0 ? bytes : unmask(bytes, mask.key, from);
  };

  const end = (direction: Direction) => {
    if (part[direction]) kinds.add(part[direction]);
    part[direction] = null;
  };
  const begin = (direction: Direction, races: boolean, kind: (fields: Unit['fields']) => string): Unit => {
    end(direction);
    const fields: Unit['fields'] = new Map();
    part[direction] = { fields, races, kind: () => kind(fields) };
    return part[direction];
  };
  const endChunk = () => {
    if (chunk) kinds.add(chunk);
    chunk = null;
  };

  function request(line: string) {
    const [, method = '', target = ''] = /^(\S+) (\S+)/.exec(line) ?? [];
    const [path = ''] = steadyTarget(target).split('?');
    const [, transport] = /[?&]EIO=\d/.test(target) ? (/[?&]transport=(\w+)/.exec(target) ?? []) : [];
    const exchange: ExchangeUnit = {
      ...{ fields: new Map(), status: '-', isStream: false, where: `${method} ${path}` },
      races: transport !== undefined,
      kind: () => `${method} ${path} ${exchange.status}${transport ? ` (Engine.IO, ${transport})` : ''}`,
    };
    first ??= exchange;
    unanswered.push(exchange);
    current.up = exchange;
  }

  function response(line: string) {
    const [, status = ''] = /^HTTP\/1\.\d (\d{3})/.exec(line) ?? [];
    endChunk();
    // An interim response belongs to the exchange that goes on.
    const isFinal = !status.startsWith('1') || status === '101';
    const exchange = isFinal ? unanswered.shift() : unanswered[0];
    if (!exchange) return;
    if (isFinal) exchange.status = status;
    // The one before is over. A connection may carry any number of them, so none is kept for longer.
    if (current.down && current.down !== exchange) kinds.add(current.down);
    current.down = exchange;
  }

  /** What a span is a field of; a new part where one begins with it, and nothing where it is only glue. */
  function ownerOf({ direction, layer, name, mark, bytes }: Span): Unit | null {
    const exchange = current[direction];
    const where = exchange?.where ?? '';
    const begins = mark === 'unit';
    switch (layer) {
      case 'http':
        return exchange;
      case 'websocket': {
        if (!begins) return part[direction];
        const what = frameKinds[(bytes[0] ?? 0) & 0x0f] ?? 'reserved';
        return begin(direction, exchange?.races ?? false, () => `${what} frame ${direction}, ${where}`);
      }
      case 'engine.io':
        // How many packets share a body is decided by the race.
        if (name === 'separator') return null;
        return begins
          ? begin(direction, name !== 'message', (fields) => packetKind(name, fields, direction))
          : part[direction];
      case 'sse':
      case 'ndjson':
        return begins
          ? begin(direction, false, (fields) => `${eventKind(layer, fields)} of ${where}`)
          : part[direction];
      case 'chunk':
        if (!exchange?.isStream) return exchange;
        if (begins) {
          endChunk();
          chunk = { fields: new Map(), races: true, kind: () => `chunk of ${where}` };
        }
        return chunk;
      default:
        return part[direction] ?? exchange;
    }
  }

  return {
    span(span: Span) {
      const { direction, layer, name, mark, bytes } = span;
      if (layer === 'http' && mark === 'unit') {
        end(direction);
        const line = Buffer.from(bytes).toString('latin1').trimStart();
        if (name === 'request-line') request(line);
        else if (name === 'status-line') response(line);
      }
      const read = clear(span);
      const owner = ownerOf(span);
      if (!owner) return;
      addField(owner, { ...span, bytes: read }, kinds.unsteady);
      if (name === 'content-type' && direction === 'down' && current.down)
        current.down.isStream = /event-stream|ndjson|jsonl/i.test(Buffer.from(bytes).toString('latin1'));
    },
    end() {
      end('up');
      end('down');
      endChunk();
      const open = new Set(current.down ? [current.down, ...unanswered] : unanswered);
      for (const exchange of open) kinds.add(exchange);
      // How many connections Socket.IO's race takes is decided by the race.
      if (first && !first.races) kinds.connected(first.where);
    },
  };
}

/** Of Socket.IO where it carries that: `Socket.IO event "chat" up`. */
function packetKind(type: string, fields: Unit['fields'], direction: Direction): string {
  const packet = [...fields.values()].find(({ layer }) => layer === 'socket.io');
  const event = fields.get(`${direction} socket.io event-name`)?.line;
  if (!packet) return `Engine.IO ${type} ${direction}`;
  return `Socket.IO ${packet.name}${event === undefined ? '' : ` "${event}"`} ${direction}`;
}

function eventKind(layer: 'sse' | 'ndjson', fields: Unit['fields']): string {
  if (layer === 'ndjson') return 'line';
  return fields.has('down sse comment') && !fields.has('down sse data') ? 'comment' : 'event';
}

function addField(unit: Unit, { direction, layer, name, mark, bytes }: Span, unsteady: Set<string>): void {
  const key = `${direction} ${layer} ${name}`;
  const field = unit.fields.get(key) ?? { direction, layer, name, count: 0, bytes: 0 };
  unit.fields.set(key, field);
  if (mark !== 'more') field.count++;
  const isLine = layer === 'http' && name !== 'blank-line';
  if (!isLine) {
    field.bytes += bytes.length;
    if (name === 'event-name') field.line = Buffer.from(bytes).toString('utf8');
    return;
  }
  const { text, isUnsteady } = steadyLine(name, Buffer.from(bytes).toString('latin1'), !unit.races);
  if (isUnsteady) unsteady.add(name);
  field.line = field.line === undefined ? text : `${field.line}\n${text}`;
  field.bytes += text.length + 2;
}
