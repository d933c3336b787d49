/**
 * Spans → units: which fields belong together, in the order in which they were seen. Masks are taken off here (RFC 6455
 * §5.3), because what a packet inside a masked frame says can only be read without. Explains nothing.
 */

import {
  type Asked,
  find,
  headerValue,
  latin1,
  type RawField,
  type Unit,
  type UnitKind,
} from '../../protocols/unit.ts';
import { unmask } from '../../protocols/websocket/mask.ts';
import type { Direction } from '../../wire/span.ts';
import type { Specimen } from '../specimen.ts';

type RecordedSpan = Specimen['spans'][number];

/** A unit while its spans still come. */
interface Growing extends Unit<RawField> {
  readonly chunk: number;
  readonly fields: RawField[];
}

/** One direction of one connection. */
interface Lane {
  unit: Growing | null;
  offset: number;
  /** Bytes of the frame's content so far: which byte of the key is next. */
  inContent: number;
}

interface Connection {
  readonly lanes: Readonly<Record<Direction, Lane>>;
  /** Requests whose responses have not begun. */
  readonly waiting: Growing[];
  answered: Growing | null;
}

const newLane = (): Lane => ({ unit: null, offset: 0, inContent: 0 });

export function unitsOf(spans: readonly RecordedSpan[]): Unit<RawField>[] {
  const connections = new Map<number, Connection>();
  const units: Growing[] = [];
  for (const span of spans) {
    const connection = connections.get(span.connection) ?? {
      ...{ lanes: { up: newLane(), down: newLane() }, waiting: [], answered: null },
    };
    connections.set(span.connection, connection);
    const lane = connection.lanes[span.direction];
    const kind = kindOf(span, lane.unit);
    if (kind) units.push(begin(kind, span, lane, connection));
    addField(span, lane);
  }
  // Dissectors that wait for more bytes tell their spans late; the chunks know the true order.
  return units.sort((a, b) => a.chunk - b.chunk);
}

/** The kind of the unit that begins with this span; null when the span belongs to the unit before. */
function kindOf({ layer, name, mark }: RecordedSpan, before: Growing | null): UnitKind | null {
  if (layer === 'http' && name === 'request-line') return 'request';
  if (layer === 'http' && name === 'status-line') return 'response';
  if (layer === 'chunk' && (name === 'size' || name === 'last-chunk')) return 'chunk';
  if (layer === 'websocket' && name === 'opcode') return 'frame';
  if (layer === 'payload' && mark === 'unit' && (before === null || before.kind === 'message'))
    return 'message';
  return before === null ? 'unparsed' : null;
}

function begin(kind: UnitKind, span: RecordedSpan, lane: Lane, connection: Connection): Growing {
  const { direction, step, at, chunk } = span;
  if (kind === 'response') connection.answered = connection.waiting.shift() ?? null;
  const request = kind === 'request' ? null : connection.answered;
  const unit: Growing = {
    ...{ kind, connection: span.connection, direction, step, at, chunk, fields: [] },
    asked: request && askedBy(request),
  };
  if (kind === 'request') connection.waiting.push(unit);
  lane.unit = unit;
  lane.inContent = 0;
  return unit;
}

function addField({ layer, name, bytes, mark }: RecordedSpan, lane: Lane): void {
  const fields = lane.unit?.fields ?? [];
  const key =
    layer === 'websocket' && !isContent(name) ? undefined : find(fields, 'websocket', 'masking-key');
  const clear = key ? unmask(bytes, key.bytes, lane.inContent) : bytes;
  if (key) lane.inContent += bytes.length;
  const field = { layer, name, bytes, clear, isMasked: key !== undefined, offset: lane.offset };
  lane.offset += bytes.length;
  const last = fields.at(-1);
  if (mark === 'more' && last?.layer === layer && last.name === name)
    fields[fields.length - 1] = joined(last, field);
  else fields.push(field);
}

/** A control frame's data is masked as a message is; the frame's head never. */
const isContent = (name: string) => !['opcode', 'length', 'masking-key'].includes(name);

const joined = (first: RawField, more: RawField): RawField => ({
  ...first,
  bytes: Buffer.concat([first.bytes, more.bytes]),
  clear: Buffer.concat([first.clear, more.clear]),
});

/** What a request asks for; its own fields say it. */
export function askedBy({ fields }: Unit<RawField>): Asked {
  const line = find(fields, 'http', 'request-line');
  const [method = '', target = ''] = line ? latin1(line.clear).split(' ') : [];
  return { method, target, key: headerValue(fields, 'sec-websocket-key') };
}
