/**
 * Colours of the pages, and how each layer is filled. Colours alone would not do: on a grey copy, and for many eyes,
 * many of them look alike. So every layer also has a pattern, cut out of its colour in the colour of the paper.
 */
import { protocols } from '../../../protocols/index.ts';
import { type Layer, layers } from '../../../protocols/layers.ts';
import { element } from './markup.ts';

export interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly shade: string;
  readonly samples: string;
  readonly law: string;
  readonly median: string;
}

export const light: Palette = {
  paper: '#ffffff',
  ink: '#1b1f24',
  quiet: '#57606a',
  line: '#d0d7de',
  shade: '#f3f5f8',
  samples: '#7fa7d9',
  law: '#b3261e',
  median: '#1b1f24',
};

export const dark: Palette = {
  paper: '#12161c',
  ink: '#e6edf3',
  quiet: '#9da7b3',
  line: '#343c46',
  shade: '#1b212a',
  samples: '#4d7fb8',
  law: '#ff8a80',
  median: '#ffffff',
};

export type Scheme = 'light' | 'dark';

export const nameOf = (layer: Layer): string => layer.replace('.', '-');

/** The colours of the layers as variables of a style sheet. */
export const layerColours = (scheme: Scheme): string =>
  layers.map((layer) => `--${nameOf(layer)}: ${protocols[layer].look[scheme]};`).join(' ');

/**
 * The fills of the layers, once per page; pictures refer to them by name. The SVG has no size instead of `display:
 * none`: what is not displayed cannot be referred to.
 */
export const fills = (): string =>
  element(
    'svg',
    { class: 'fills', width: 0, height: 0, 'aria-hidden': 'true' },
    ...layers.map((layer) => {
      const { pattern } = protocols[layer].look;
      const size = { width: 8, height: 8 };
      return element(
        'pattern',
        { id: `fill-${nameOf(layer)}`, patternUnits: 'userSpaceOnUse', ...size },
        element('rect', { ...size, class: `ground-${nameOf(layer)}` }),
        pattern === '' ? '' : element('path', { class: 'cut', d: pattern }),
      );
    }),
  );
