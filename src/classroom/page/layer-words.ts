/** What the layers are called on the page, and whose bytes how many are. */
import { type Text, text } from '../../base/text.ts';
import { number, tell } from './page-reader.ts';

export const layerNames: Readonly<Record<string, Text>> = {
  http: text('HTTP', 'HTTP'),
  chunk: text('chunks', '청크'),
  sse: text('SSE', 'SSE'),
  ndjson: text('NDJSON', 'NDJSON'),
  websocket: text('WebSocket', 'WebSocket'),
  mailbox: text('mailbox', '우편함'),
  'engine.io': text('Engine.IO', 'Engine.IO'),
  'socket.io': text('Socket.IO', 'Socket.IO'),
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
