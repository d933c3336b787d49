/** The titles of lanes and layers, and the marks of the lanes. */
import { type Text, text } from '../../base/text.ts';
import type { LaneState } from '../../transports/lane.page.ts';
import type { LaneName } from './control-talk.ts';
import { number, tell } from './page-reader.ts';

export const laneTitles: Readonly<Record<LaneName, Text>> = {
  polling: text('Polling', '폴링'),
  'long-polling': text('Long polling', '롱 폴링'),
  sse: text('SSE', 'SSE'),
  ws: text('WebSocket', 'WebSocket'),
  'socket.io': text('Socket.IO', 'Socket.IO'),
};

export const laneStates: Readonly<Record<LaneState, Text>> = {
  closed: text('not connected', '연결 안 됨'),
  connecting: text('connecting', '연결 중'),
  open: text('connected', '연결됨'),
  reconnecting: text('reconnecting', '다시 연결 중'),
};

/** The head of a column of lanes. */
export const laneHead = text('Lane', '레인');

interface Mark {
  /** SVG path around 0 0, ten wide. */
  readonly shape: string;
  /** Lengths of dashes and gaps; empty = a solid line. */
  readonly dash: readonly number[];
}

/**
 * How a lane is drawn: each has a shape and a kind of line of its own, so that lanes can be told apart where colours
 * cannot: on a faded projector, in a grey print, by the colour-blind. Charts and legends use the same shapes.
 */
export const marks: Readonly<Record<LaneName, Mark>> = {
  polling: { shape: 'M-4.5-4.5h9v9h-9z', dash: [14, 5] },
  'long-polling': { shape: 'M0-6L6 0L0 6L-6 0z', dash: [7, 5] },
  sse: { shape: 'M0-6L6 5H-6z', dash: [3, 4] },
  ws: { shape: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z', dash: [] },
  'socket.io': { shape: 'M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z', dash: [12, 4, 3, 4] },
};

let layerTitles: Readonly<Record<string, Text>> = {};

/** Takes the layers' titles from the site, which reads them from the layers' folders; a browser does not load these. */
export function setLayerTitles(titles: Readonly<Record<string, Text>>): void {
  layerTitles = titles;
}

/** `http 1,234, payload 64`: who owns how many bytes. */
export const layersText = (bytesOf: Readonly<Record<string, number>>): string =>
  Object.entries(bytesOf)
    .filter(([, bytes]) => bytes > 0)
    .map(([layer, bytes]) => {
      const name = layerTitles[layer];
      return `${name ? tell(name) : layer} ${number(bytes)}`;
    })
    .join(', ');
