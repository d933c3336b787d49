/** The fills of the layers, once a page; pictures and their keys refer to them by name. */
import { layers } from '../../../protocols/layers.ts';
import { element } from './markup.ts';
import { nameOf, patterns } from './palette.ts';

/** As an SVG without size: what is not displayed at all may not be referred to. */
export const fills = (): string =>
  element(
    'svg',
    { class: 'fills', width: 0, height: 0, 'aria-hidden': 'true' },
    ...layers.map((layer) => {
      const size = { width: 8, height: 8 };
      return element(
        'pattern',
        { id: `fill-${nameOf(layer)}`, patternUnits: 'userSpaceOnUse', ...size },
        element('rect', { ...size, class: `ground-${nameOf(layer)}` }),
        patterns[layer] === '' ? '' : element('path', { class: 'cut', d: patterns[layer] }),
      );
    }),
  );
