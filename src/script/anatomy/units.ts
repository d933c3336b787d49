/**
 * Spans → units: which fields belong together, in the order in which they were seen. A unit goes over the wire at once:
 * a head with its body, a chunk, a frame, a record, with all that it carries. TLS records and HTTP/2 frames take the
 * kind of their content: the first thing that begins in them decides it, a second one is a unit of its own.
 * Explains nothing.
 */

import type { Layer } from '../../protocols/layers.ts';
import { carriers, isCarrier, type RawField, type Unit, type UnitKind } from '../../protocols/unit.ts';
import type { Message } from '../../wire/message.ts';
import type { Specimen } from '../specimen.ts';

type RecordedSpan = Specimen['spans'][number];

/** A unit while its spans still come. */
interface Growing extends Omit<Unit<RawField>, 'kind' | 'message'> {
  kind: UnitKind;
  message: Message;
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
    if (lane && joins(span, lane.unit)) {
      addField(span, lane);
      continue;
    }
    const next = { unit: unitFrom(span), offset: lane?.offset ?? 0 };
    units.push(next.unit);
    lanes.set(key, next);
    addField(span, next);
  }
  // Dissectors that wait for more bytes tell their spans late; the numbers of the chunks give the true order.
  return units.sort((a, b) => a.chunk - b.chunk);
}

/** Whether a span continues a unit. A unit that has only carriers so far takes the kind of this span. */
function joins(span: RecordedSpan, unit: Growing): boolean {
  const { fields } = unit;
  if (begins(span)) {
    if (fields.some(({ layer }) => depthOf(layer) >= depthOf(span.layer))) return false;
    adopt(unit, span);
    return true;
  }
  const carries = !isCarrier(span.layer) && fields.every(({ layer }) => isCarrier(layer));
  if (!carries) return true;
  // After a complete record or frame, bytes that could not be parsed are not part of it.
  if (!isHead(fields.at(-1))) return span.layer !== 'unparsed';
  adopt(unit, span);
  return true;
}

function adopt(unit: Growing, span: RecordedSpan): void {
  unit.kind = kindOf(span);
  unit.message = span.message;
}

/** Whether content follows this field. */
const isHead = (field: RawField | undefined): boolean =>
  field !== undefined && /-head$|^(?:nonce|pad-length|priority)$/.test(field.name);

/** How many of the carrier layers may be below this layer. */
const depthOf = (layer: Layer): number => (isCarrier(layer) ? carriers.indexOf(layer) : carriers.length);

/** Whether a span begins a unit. What begins in an inner format belongs to the unit that carries it. */
const begins = ({ layer, mark, message }: RecordedSpan): boolean =>
  mark === 'unit' &&
  (isCarrier(layer) || ['http', 'chunk', 'websocket'].includes(layer) || message.kind === 'message');

function unitFrom(span: RecordedSpan): Growing {
  const { message, step, at, chunk } = span;
  const { connection, direction } = message;
  return {
    kind: kindOf(span),
    message,
    connection: connection.ordinal,
    direction,
    step,
    at,
    chunk,
    fields: [],
  };
}

function kindOf(span: RecordedSpan): UnitKind {
  const { layer, message } = span;
  if (layer === 'unparsed') return 'unparsed';
  if (!begins(span)) return 'body';
  switch (message.kind) {
    case 'request':
    case 'response':
    case 'chunk':
    case 'frame':
    case 'record':
    case 'message':
      return message.kind;
    default:
      return 'body';
  }
}

function addField(
  { layer, name, bytes, clear, value = '', shorthand, mark }: RecordedSpan,
  lane: Lane,
): void {
  const { fields } = lane.unit;
  const isCoded = clear !== bytes;
  const field = { layer, name, bytes, clear, value, shorthand, isCoded, offset: lane.offset };
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
