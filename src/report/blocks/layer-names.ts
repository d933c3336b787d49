/** What the layers are called. A zero-width space says where a narrow column may break a word. */
import { type Text, text } from '../../base/text.ts';
import type { Layer } from '../../protocols/layers.ts';

export const layerNames: Readonly<Record<Layer, Text>> = {
  http: text('http', 'http'),
  chunk: text('chunk', 'chunk'),
  sse: text('sse', 'sse'),
  websocket: text('web\u200bsocket', 'web\u200bsocket'),
  ndjson: text('ndjson', 'ndjson'),
  mailbox: text('mail\u200bbox', 'mail\u200bbox'),
  'engine.io': text('engine\u200b.io', 'engine\u200b.io'),
  'socket.io': text('socket\u200b.io', 'socket\u200b.io'),
  encoding: text('enco\u200bding', '인코딩'),
  payload: text('pay\u200bload', '페이\u200b로드'),
  unparsed: text('un\u200bparsed', '해석\u200b불가'),
};
