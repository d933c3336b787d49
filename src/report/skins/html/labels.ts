/** The words of a picture: names at its left, and the key to its colours and lines. */
import { displayWidth } from '../wrap.ts';
import { element, escaped } from './markup.ts';

/** A Latin letter of 14 px in the widest of the page's fonts; a Korean one counts as two columns. */
const columnWidth = 8.5;
const least = 90;
const gap = 12;

export const withoutBreaks = (label: string): string => label.replaceAll('\u200b', '');

export const widthOf = (label: string): number => displayWidth(withoutBreaks(label)) * columnWidth;

/** As wide as the longest name needs, so that none is cut off. */
export const marginFor = (labels: readonly string[]): number =>
  Math.ceil(Math.max(least, ...labels.map(widthOf)) + gap);

export interface KeyEntry {
  /** SVG of 24 by 14. */
  readonly sample: string;
  readonly label: string;
}

/** A sample of each colour and line with its word. Drawn, so that it prints as it looks. */
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
