/** The registry of lanes. */
import type { LaneName } from '../talk.ts';
import type { OpenLane } from './lane.ts';
import { openLongPolling } from './long-polling.ts';
import { openPolling } from './polling.ts';
import { openSocketIo } from './socket-io.ts';
import { openSse } from './sse.ts';
import { openWs } from './ws.ts';

export const lanes: Readonly<Record<LaneName, OpenLane>> = {
  polling: openPolling,
  'long-polling': openLongPolling,
  sse: openSse,
  ws: openWs,
  'socket.io': openSocketIo,
};
