/** A layer as one value: its name, what reads it, what each of its fields means, how reports show it. */
import type { styleText } from 'node:util';
import type { Text } from '../base/text.ts';
import type { Explain } from './explanation.ts';
import type { Layer } from './layers.ts';

/**
 * How reports and the classroom page show a layer. Not by colour alone: its name is beside it, and it has a pattern.
 */
export interface LayerLook {
  /** A zero-width space says where a narrow column may break the word. */
  readonly title: Text;
  /** On white paper, and on a dark screen. */
  readonly light: string;
  readonly dark: string;
  /** Cut out of a square of eight by eight, as an SVG path; empty if the layer is solid. */
  readonly pattern: string;
  /** Replaces the colour where there is none; null for the two commonest layers, which are drawn as surfaces. */
  readonly letter: string | null;
  /** Readable on a dark terminal and on a light one. */
  readonly terminal: Parameters<typeof styleText>[0];
}

export interface Protocol<Name extends Layer = Layer> {
  readonly name: Name;
  /**
   * What reads it: a parser, a dissector of content, or a function that owns a piece of text. The layer that carries it
   * knows which of them it is, and calls it from its own file. Null if the layer has no reader.
   */
  readonly read: ((...what: never[]) => unknown) | null;
  readonly explain: Explain;
  readonly look: LayerLook;
}
