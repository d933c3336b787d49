/**
 * What a dissector tells: in the order of the bytes, "the next `length` bytes are the field `name` of `layer`, a part of
 * this message". Nothing else says whose bytes are, so none can be counted twice or forgotten. Which layers there are is
 * for the protocols to say; only `unparsed` is everybody's.
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

/** Made when somebody asks: a mask is taken off only of what is read. */
export type Clear = () => Uint8Array;

/**
 * How a sender wrote what both sides remember. On the span, because the bytes do not say when something was remembered, and
 * those of an encrypted connection say nothing at all.
 */
export interface Shorthand {
  /** What its sender wrote, also where the wire has it sealed. */
  readonly bytes: Uint8Array;
  /** In its protocol's word: `indexed`, `literal`. */
  readonly kind: string;
  /**
   * Where it points, all of it or its name alone, and how many heads of its direction ago that was said, 0 in the same
   * one; null of what both sides know from the beginning. Null where it is written out.
   */
  readonly reference: { readonly index: number; readonly ago: number | null } | null;
  /** Which of its strings are Huffman-coded. */
  readonly huffman: readonly ('name' | 'value')[];
}

export interface Span<Layer extends string = string> {
  readonly message: Message;
  /** `unparsed`: what nobody could read; never thrown away. */
  readonly layer: Layer | 'unparsed';
  readonly name: string;
  /** Bytes on the wire. None are allowed: an empty message is still a message. */
  readonly length: number;
  readonly mark: Mark;
  /** The bytes as the receiver reads them; left out where that is how the wire has them. */
  readonly clear?: Clear | undefined;
  /** What it says, where its protocol has a word for it: of a status line `200 OK`, of a header its value. */
  readonly value?: string | undefined;
  /** How it was written, where `clear` is no longer what its sender wrote. */
  readonly shorthand?: Shorthand | undefined;
}

export type Tell<Layer extends string = string> = (span: Span<Layer>) => void;

/** The same for one message. */
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
