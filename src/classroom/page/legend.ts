/** The looks of lanes and layers, from the style, and legends: small pictures, each beside its word. */

import { type LaneName, laneNames } from './control-talk.ts';
import { element } from './element.ts';
import { laneTitles, marks } from './words.ts';

/** A colour of the style, by the name of its variable. */
export const inkOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const laneClass = (lane: LaneName) => `lane-${lane.replace('.', '')}`;

export const laneInk = (lane: LaneName): string => inkOf(`--${laneClass(lane)}`);

export const layerClass = (layer: string) => `layer-${layer.replace('.', '-')}`;

/** A patch of a layer's colour and pattern. */
export const swatchOf = (layer: string) => element('span', { class: `swatch ${layerClass(layer)}` });

/** A node of an SVG picture. */
export function drawn(
  tag: 'svg' | 'path',
  attributes: Readonly<Record<string, string>>,
  ...parts: readonly SVGElement[]
): SVGElement {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...parts);
  return node;
}

/** A small picture that only repeats the text beside it, so screen readers skip it. */
export const picture = (name: string, width: number, ...parts: readonly SVGElement[]): SVGElement =>
  drawn(
    'svg',
    {
      class: name,
      width: String(width),
      height: '14',
      'aria-hidden': 'true',
      viewBox: `${-width / 2} -7 ${width} 14`,
    },
    ...parts,
  );

export const shape = (path: string): SVGElement => drawn('path', { d: path });

/** The lane's mark for a legend; with its line where a chart has lines. */
function markOf(lane: LaneName, isLine = false): SVGElement {
  const { shape: path, dash } = marks[lane];
  const line = drawn('path', { d: 'M-22 0H22', class: 'dash', 'stroke-dasharray': dash.join(' ') });
  const parts = isLine ? [line, shape(path)] : [shape(path)];
  return picture(`mark ${laneClass(lane)}`, isLine ? 46 : 14, ...parts);
}

/** The lane's mark and name, as a heading. */
export const laneSign = (lane: LaneName) =>
  [markOf(lane), element('b', { phrase: laneTitles[lane] })] as const;

/** The lanes of a chart, each with its mark and an item of the caller beside it. */
export const legend = (isLine: boolean, itemOf: (lane: LaneName) => Node): HTMLElement =>
  element(
    'ul',
    { class: 'legend' },
    ...laneNames.map((lane) => element('li', {}, markOf(lane, isLine), itemOf(lane))),
  );
