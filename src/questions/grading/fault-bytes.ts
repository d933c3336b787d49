/**
 * The bytes that show a fault, line by line for a student to read: which side sent what on which connection. The
 * dissectors read them, so a frame is shown as a frame and a chunk as a chunk; unmasked, because masked text shows
 * nothing.
 */

import { hexPairs } from '../../base/hex.ts';
import { anyConversations } from '../../protocols/detect.ts';
import type { RawField, Unit } from '../../protocols/unit.ts';
import { unitsOf } from '../../script/anatomy/units.ts';
import { spansOf } from '../../tap/spans.ts';
import type { Chunk } from '../../tap/tape.ts';
import type { Direction } from '../../wire/span.ts';

export interface BytesLine {
  /** Within this check, counted from 1. */
  readonly connection: number;
  readonly direction: Direction;
  /** Bytes on the wire, of everything that the line shows. */
  readonly bytes: number;
  /** A start line, a header, a body, or the kind of frame with its content; long ones are cut. */
  readonly shown: string;
  /** The first bytes on the wire, if the content is not text. */
  readonly hex?: string;
}

const mostLines = 12;
const mostCharacters = 56;
const mostHex = 10;

/** The last lines show what went wrong, the first ones how it began; those between are left out and counted. */
export function evidenceOf(chunks: readonly Chunk[]): {
  readonly lines: readonly BytesLine[];
  readonly leftOut: number;
} {
  const spans = spansOf(chunks, anyConversations());
  const all = unitsOf(spans.map((span) => ({ ...span, step: 0 }))).flatMap(linesOf);
  if (all.length <= mostLines) return { lines: all, leftOut: 0 };
  const begin = mostLines / 2;
  return {
    lines: [...all.slice(0, begin), ...all.slice(begin - mostLines)],
    leftOut: all.length - mostLines,
  };
}

/** The headers that sentences are about; the others would hide them. */
const telling = /^(content-type|cache-control|transfer-encoding|content-length|location)$/;

function linesOf(unit: Unit<RawField>): BytesLine[] {
  const { connection, direction, fields } = unit;
  const line = (of: readonly RawField[], shown: string, hex?: string): BytesLine => ({
    connection: connection + 1,
    direction,
    bytes: sizeOf(of),
    shown,
    ...(hex !== undefined && { hex }),
  });
  const content = contentOf(unit);
  const body = content.length > 0 ? [line(content, excerpt(clearOf(content)))] : [];
  switch (unit.kind) {
    case 'request':
    case 'response': {
      const heads = fields.filter(({ layer, name }) => layer === 'http' && isTold(name, direction));
      return [...heads.map((field) => line([field], excerpt(field.clear).replace(/\\r\\n$/, ''))), ...body];
    }
    case 'frame': {
      const name = unit.message.kind === 'frame' ? unit.message.type : '';
      // Our client sends an empty Ping to know that a greeting has come. The Pings that a sentence checks have a
      // content.
      if (/^p[io]ng$/.test(name) && content.length === 0) return [];
      return [line(fields, `${name} ${quoted(clearOf(content))}`, hexOf(fields))];
    }
    case 'chunk':
      return body;
    default:
      return [line(fields, excerpt(clearOf(fields)), hexOf(fields))];
  }
}

const isTold = (name: string, direction: Direction): boolean =>
  name.endsWith('-line') && name !== 'blank-line' ? true : direction === 'down' && telling.test(name);

/** Everything but heads and framing: the events of a stream, the packets of Socket.IO, a message. */
const contentOf = ({ fields }: Unit<RawField>): RawField[] =>
  fields.filter(({ layer, name }) =>
    layer === 'websocket'
      ? !['opcode', 'length', 'masking-key'].includes(name)
      : layer !== 'http' && layer !== 'chunk',
  );

const sizeOf = (fields: readonly RawField[]): number =>
  fields.reduce((sum, { bytes }) => sum + bytes.length, 0);

const clearOf = (fields: readonly RawField[]): Uint8Array => Buffer.concat(fields.map(({ clear }) => clear));

const isReadable = (text: string): boolean => !/[\ufffd\p{Cc}]/u.test(text.replace(/[\t\n\r]/g, ''));

const quoted = (bytes: Uint8Array): string => {
  const shown = excerpt(bytes);
  return shown.startsWith('<') ? shown : `“${shown}”`;
};

/** As text if it is text, otherwise as hexadecimal bytes. */
function excerpt(bytes: Uint8Array): string {
  const some = Buffer.from(bytes.subarray(0, 4 * mostCharacters));
  const text = new TextDecoder().decode(some, { stream: true });
  if (!isReadable(text))
    return `<${hexPairs(some.subarray(0, mostHex))}${bytes.length > mostHex ? ' …' : ''}>`;
  const characters = Array.from(text);
  const cut = characters.slice(0, mostCharacters).join('');
  const escaped = cut.replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return escaped + (characters.length > mostCharacters || bytes.length > some.length ? ' …' : '');
}

function hexOf(fields: readonly RawField[]): string {
  const bytes = Buffer.concat(fields.map((field) => field.bytes));
  return hexPairs(bytes.subarray(0, mostHex)) + (bytes.length > mostHex ? ' …' : '');
}
