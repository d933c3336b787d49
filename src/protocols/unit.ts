/**
 * What a recorded conversation consists of: units (a request, a response, a frame, a chunk, a record) and their fields,
 * each with its bytes, its place in the stream and, once explained, what it means and which section says so.
 */
import type { Text } from '../base/text.ts';
import type { Message } from '../wire/message.ts';
import type { Direction, Shorthand } from '../wire/span.ts';
import type { Layer } from './layers.ts';

export interface Explanation {
  /** Short sentences, one a line; they already contain this field's figures. */
  readonly lines: readonly Text[];
  /** `RFC 6455 §5.2`; null where no specification speaks of it. */
  readonly specification: string | null;
}

/** A field without its explanation. */
export interface RawField {
  readonly layer: Layer;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As the receiver reads them: decrypted, without the mask of a WebSocket frame, a field of HPACK as its text. */
  readonly clear: Uint8Array;
  /** Whether the wire has other bytes than those. */
  readonly isCoded: boolean;
  /** Its value as a name of its protocol, such as an error code; else empty. */
  readonly value: string;
  readonly shorthand?: Shorthand | undefined;
  /** Of the first byte, within its connection and direction. */
  readonly offset: number;
}

export interface UnitField extends RawField {
  readonly explanation: Explanation;
}

/** `body`: what a record or DATA frame carries that continues an earlier unit, or that begins no unit of its own. */
export type UnitKind =
  | 'request'
  | 'response'
  | 'chunk'
  | 'frame'
  | 'record'
  | 'message'
  | 'body'
  | 'unparsed';

/** Layers that carry others, outermost first: a TLS record may carry an HTTP/2 frame, and that a WebSocket frame. */
export const carriers: readonly Layer[] = ['tls', 'http2'];

export const isCarrier = (layer: Layer): boolean => carriers.includes(layer);

export interface Unit<Of extends RawField = UnitField> {
  readonly kind: UnitKind;
  /** What its first field is a part of; of a record or frame that carries something, what it carries. */
  readonly message: Message;
  readonly connection: number;
  readonly direction: Direction;
  /** Index of the step of the conversation. */
  readonly step: number;
  /** When its first byte was seen: nanoseconds since the client first dialled. */
  readonly at: number;
  readonly fields: readonly Of[];
}

export const byteCount = ({ fields }: Unit<RawField>): number =>
  fields.reduce((sum, { bytes }) => sum + bytes.length, 0);

/** One character a byte: protocol syntax is ASCII. */
export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

export const find = <Of extends RawField>(fields: readonly Of[], layer: Layer, ...names: string[]) =>
  fields.find((field) => field.layer === layer && (names.length === 0 || names.includes(field.name)));

/** What stands behind the colon, without white space. */
export const fieldValue = ({ clear }: RawField): string =>
  latin1(clear)
    .replace(/^[^:]*:/, '')
    .trim();
