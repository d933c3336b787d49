/**
 * What a dissector tells, in the order of the bytes: "the next `length` bytes are the field `name` of `layer`, part of
 * this message". Spans alone assign bytes, so no byte can be counted twice or forgotten. The protocols define the
 * layers; only `unparsed` is common to all.
 */
import type { Message } from './message.ts';

export type Direction = Message['direction'];

export const phases = ['setup', 'warmup', 'steady', 'teardown'] as const;
export type Phase = (typeof phases)[number];

/**
 * What begins with a span: `unit` = a new thing of its layer (an HTTP message, a chunk, an event, a frame, a
 * packet, an application message) and its first field; `field` = a further field of the same thing; `more` =
 * the continuation of the field before it (a long payload arrives in pieces, and must count once).
 */
export type Mark = 'unit' | 'field' | 'more';

/** A function, so that bytes are unmasked only when they are read. */
export type Clear = () => Uint8Array;

/**
 * How a sender coded a header field with a table that both sides keep. On the span, because the bytes do not say when
 * an entry was added, and those of an encrypted connection say nothing at all.
 */
export interface Shorthand {
  /** The bytes its sender wrote, in clear also where the connection is encrypted. */
  readonly bytes: Uint8Array;
  /** In its protocol's word: `indexed`, `literal`. */
  readonly kind: string;
  /**
   * The table entry it refers to, for the whole field or its name alone. `ago`: how many heads ago, in its direction,
   * that entry was added, 0 in the same head; null for the static table. Null where the field is written out.
   */
  readonly reference: { readonly index: number; readonly ago: number | null } | null;
  /** Which of its strings are Huffman-coded. */
  readonly huffman: readonly ('name' | 'value')[];
}

export interface Span<Layer extends string = string> {
  readonly message: Message;
  /** `unparsed`: bytes that no dissector could read; they are counted all the same. */
  readonly layer: Layer | 'unparsed';
  readonly name: string;
  /** Bytes on the wire. None are allowed: an empty message is still a message. */
  readonly length: number;
  readonly mark: Mark;
  /** The bytes as the receiver reads them; left out where they are the same on the wire. */
  readonly clear?: Clear | undefined;
  /** Its meaning as text, if any: `200 OK` for a status line, the value for a header. */
  readonly value?: string | undefined;
  /** How the sender coded it, where `clear` holds the decoded bytes. */
  readonly shorthand?: Shorthand | undefined;
}

export type Tell<Layer extends string = string> = (span: Span<Layer>) => void;

/** `Tell` for one message. */
export type Own<Layer extends string = string> = (
  layer: Layer | 'unparsed',
  name: string,
  length: number,
  mark: Mark,
) => void;

export const ownerOf =
  <Layer extends string>(tell: Tell<Layer>, message: Message): Own<Layer> =>
  (layer, name, length, mark) =>
    tell({ message, layer, name, length, mark });
