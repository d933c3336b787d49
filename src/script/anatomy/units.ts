/**
 * Spans → units: which fields belong together, in the order in which they were seen. A unit is what goes over the wire at
 * once: a head with its body, a chunk, a frame, with all that it carries. Explains nothing.
 */

import type { RawField, Unit, UnitKind } from '../../protocols/unit.ts';
import type { Message } from '../../wire/message.ts';
import type { Specimen } from '../specimen.ts';

type RecordedSpan = Specimen['spans'][number];

/** A unit while its spans still come. */
interface Growing extends Unit<RawField> {
  readonly chunk: number;
  readonly fields: RawField[];
}

/** One direction of one connection. */
interface Lane {
  unit: Growing;
  offset: number;
}

export function unitsOf(spans: readonly RecordedSpan[]): Unit<RawField>[] {
  const lanes = new Map<string, Lane>();
  const units: Growing[] = [];
  for (const span of spans) {
    const { connection, direction } = span.message;
    const key = `${connection.ordinal} ${direction}`;
    const lane = lanes.get(key);
    if (lane && !begins(span)) {
      addField(span, lane);
      continue;
    }
    const next = { unit: unitFrom(span), offset: lane?.offset ?? 0 };
    units.push(next.unit);
    lanes.set(key, next);
    addField(span, next);
  }
  // Dissectors that wait for more bytes tell their spans late; the chunks know the true order.
  return units.sort((a, b) => a.chunk - b.chunk);
}

/** What an inner format begins belongs to the unit that carries it. */
const begins = ({ layer, mark, message }: RecordedSpan): boolean =>
  mark === 'unit' && (['http', 'chunk', 'websocket'].includes(layer) || message.kind === 'message');

function unitFrom({ message, step, at, chunk }: RecordedSpan): Growing {
  const { connection, direction } = message;
  const kind = kindOf(message);
  return { kind, message, connection: connection.ordinal, direction, step, at, chunk, fields: [] };
}

function kindOf({ kind }: Message): UnitKind {
  switch (kind) {
    case 'request':
    case 'response':
    case 'chunk':
    case 'frame':
    case 'message':
      return kind;
    default:
      return 'unparsed';
  }
}

function addField(
  { layer, name, bytes, clear, value = '', shorthand, mark }: RecordedSpan,
  lane: Lane,
): void {
  const { fields } = lane.unit;
  const isMasked = clear !== bytes;
  const field = { layer, name, bytes, clear, value, shorthand, isMasked, offset: lane.offset };
  lane.offset += bytes.length;
  const last = fields.at(-1);
  if (mark === 'more' && last?.layer === layer && last.name === name)
    fields[fields.length - 1] = joined(last, field);
  else fields.push(field);
}

const joined = (first: RawField, more: RawField): RawField => ({
  ...first,
  bytes: Buffer.concat([first.bytes, more.bytes]),
  clear: Buffer.concat([first.clear, more.clear]),
});
