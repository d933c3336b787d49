/** The registry of lanes. */

import type { OpenLane } from '../../transports/lane.page.ts';
import { openLongPolling } from '../../transports/long-polling.page.ts';
import { openPolling } from '../../transports/polling.page.ts';
import { openSocketIo } from '../../transports/socket-io.page.ts';
import { openSse } from '../../transports/sse.page.ts';
import { openWs } from '../../transports/ws.page.ts';
import type { LaneName } from './control-talk.ts';

export const lanes: Readonly<Record<LaneName, OpenLane>> = {
  polling: openPolling,
  'long-polling': openLongPolling,
  sse: openSse,
  ws: openWs,
  'socket.io': openSocketIo,
};
