/**
 * How a lane is drawn: a shape and a kind of line of its own, so that lanes stay apart without their colours, too: on a
 * projector that has faded, on a print, for somebody who sees no red. Charts and legends draw the same shapes.
 */
import { type LaneName, laneNames } from './talk.ts';

interface Mark {
  /** SVG path around 0 0, ten wide. */
  readonly shape: string;
  /** Lengths of dashes and gaps; empty = a solid line. */
  readonly dash: readonly number[];
}

export const marks: Readonly<Record<LaneName, Mark>> = {
  polling: { shape: 'M-4.5-4.5h9v9h-9z', dash: [14, 5] },
  'long-polling': { shape: 'M0-6L6 0L0 6L-6 0z', dash: [7, 5] },
  sse: { shape: 'M0-6L6 5H-6z', dash: [3, 4] },
  ws: { shape: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z', dash: [] },
  'socket.io': { shape: 'M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z', dash: [12, 4, 3, 4] },
};

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
