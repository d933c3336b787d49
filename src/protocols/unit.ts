/**
 * What a recorded conversation consists of: units (a request, a response, a frame, a chunk) and their fields, each
 * with its bytes, its place in the stream and, once explained, what it means and which section says so.
 */
import type { Text } from '../base/text.ts';
import type { Message } from '../wire/message.ts';
import type { Direction, Shorthand } from '../wire/span.ts';
import type { Layer } from './layers.ts';

export interface Explanation {
  /** Short sentences, one a line; figures of this very field are already in them. */
  readonly lines: readonly Text[];
  /** `RFC 6455 §5.2`; null where no specification speaks of it. */
  readonly specification: string | null;
}

/** A field before anybody has explained it. */
export interface RawField {
  readonly layer: Layer;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As the receiver reads them: without the mask of a WebSocket frame. */
  readonly clear: Uint8Array;
  readonly isMasked: boolean;
  /** What it says, where its protocol has a word for it; else empty. */
  readonly value: string;
  readonly shorthand?: Shorthand | undefined;
  /** Of the first byte, within its connection and direction. */
  readonly offset: number;
}

export interface UnitField extends RawField {
  readonly explanation: Explanation;
}

export type UnitKind = 'request' | 'response' | 'chunk' | 'frame' | 'message' | 'unparsed';

export interface Unit<Of extends RawField = UnitField> {
  readonly kind: UnitKind;
  /** What its first field is a part of. */
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
