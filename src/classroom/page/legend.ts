/** Legends: small pictures of what a chart, a strip or a table draws, each beside its word. */

import { type LaneName, laneNames } from './control-talk.ts';
import { marks } from './marks.ts';

const svg = 'http://www.w3.org/2000/svg';

const drawn = (tag: string, attributes: Readonly<Record<string, string>>): SVGElement => {
  const node = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};

/** A small picture that only repeats what stands beside it. */
export function picture(name: string, width: number, ...parts: readonly SVGElement[]): SVGElement {
  const node = drawn('svg', { class: name, width: String(width), height: '14', 'aria-hidden': 'true' });
  node.setAttribute('viewBox', `${-width / 2} -7 ${width} 14`);
  node.append(...parts);
  return node;
}

export const shape = (path: string): SVGElement => drawn('path', { d: path });

/** The lane's mark for a legend; with its line where a chart has lines. */
export function markOf(lane: LaneName, isLine = false): SVGElement {
  const { shape: path, dash } = marks[lane];
  const line = drawn('path', { d: 'M-22 0H22', class: 'dash', 'stroke-dasharray': dash.join(' ') });
  const parts = isLine ? [line, shape(path)] : [shape(path)];
  return picture(`mark lane-${lane.replace('.', '')}`, isLine ? 46 : 14, ...parts);
}

/** The lanes of a chart, each with its mark and whatever is said beside it. */
export const legend = (isLine: boolean, itemOf: (lane: LaneName) => Node): HTMLElement => {
  const list = document.createElement('ul');
  list.className = 'legend';
  for (const lane of laneNames) {
    const item = document.createElement('li');
    item.append(markOf(lane, isLine), itemOf(lane));
    list.append(item);
  }
  return list;
};
