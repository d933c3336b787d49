/** Names at the left of a picture: as wide a margin as the longest needs, so that none is cut off. */
import { displayWidth } from '../wrap.ts';

/** A Latin letter of 14 px in the widest of the page's fonts; a Korean one counts as two columns. */
const columnWidth = 8.5;
const least = 90;
const gap = 12;

export const withoutBreaks = (label: string): string => label.replaceAll('\u200b', '');

export const widthOf = (label: string): number => displayWidth(withoutBreaks(label)) * columnWidth;

export const marginFor = (labels: readonly string[]): number =>
  Math.ceil(Math.max(least, ...labels.map(widthOf)) + gap);
