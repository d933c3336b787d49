/** What the colours and lines of a picture mean: a sample of each, and its word. Drawn, so that it prints as it is. */
import { element, escaped } from './markup.ts';

export interface KeyEntry {
  /** SVG of 24 by 14. */
  readonly sample: string;
  readonly label: string;
}

export const key = (entries: readonly KeyEntry[]): string =>
  element(
    'ul',
    { class: 'key' },
    ...entries.map(({ sample, label }) =>
      element(
        'li',
        {},
        element('svg', { class: 'swatch', viewBox: '0 0 24 14', 'aria-hidden': 'true' }, sample),
        escaped(label),
      ),
    ),
  );

export const boxSample = (className: string): string =>
  element('rect', { class: className, x: 0.5, y: 0.5, width: 23, height: 13 });

export const lineSample = (className: string): string =>
  element('line', { class: className, x1: 0, x2: 24, y1: 7, y2: 7 });
