/** A layer as one value: what it is called, what reads it, what each of its fields means. */
import type { Explain } from './explanation.ts';
import type { Layer } from './layers.ts';

export interface Protocol<Name extends Layer = Layer> {
  readonly name: Name;
  /**
   * What reads it: a parser, a dissector of content, or what owns a piece of text. Whoever carries the layer knows
   * which, and calls it from its own file. Null where nothing is read.
   */
  readonly read: ((...what: never[]) => unknown) | null;
  readonly explain: Explain;
}
