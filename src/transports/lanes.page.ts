/** The registry of lanes, by the names of their transports. */
import { openHttp } from './http.page.ts';
import type { OpenLane } from './lane.page.ts';
import { openLongPolling } from './long-polling.page.ts';
import { openPolling } from './polling.page.ts';
import { openSocketIo } from './socket-io.page.ts';
import { openSse } from './sse.page.ts';
import { openWs } from './ws.page.ts';

export const lanes = {
  polling: openPolling,
  'long-polling': openLongPolling,
  sse: openSse,
  ws: openWs,
  'socket.io': openSocketIo,
  http: openHttp,
} as const satisfies Readonly<Record<string, OpenLane>>;
