/** What lanes and layers are called, and by which marks one knows a lane. */
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

/** Over a column of lanes. */
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

export const layerNames: Readonly<Record<string, Text>> = {
  tls: text('TLS', 'TLS'),
  http: text('HTTP', 'HTTP'),
  chunk: text('chunks', '청크'),
  http2: text('HTTP/2', 'HTTP/2'),
  sse: text('SSE', 'SSE'),
  ndjson: text('NDJSON', 'NDJSON'),
  multipart: text('parts', '파트'),
  websocket: text('WebSocket', 'WebSocket'),
  mailbox: text('mailbox', '우편함'),
  'engine.io': text('Engine.IO', 'Engine.IO'),
  'socket.io': text('Socket.IO', 'Socket.IO'),
  msgpack: text('MessagePack', 'MessagePack'),
  encoding: text('encoding', '인코딩'),
  payload: text('payload', '페이로드'),
  unparsed: text('unread', '읽지 못함'),
};

/** `HTTP 1,234, payload 64`: who owns how many bytes. */
export const layersText = (bytesOf: Readonly<Record<string, number>>): string =>
  Object.entries(bytesOf)
    .filter(([, bytes]) => bytes > 0)
    .map(([layer, bytes]) => {
      const name = layerNames[layer];
      return `${name ? tell(name) : layer} ${number(bytes)}`;
    })
    .join(', ');
