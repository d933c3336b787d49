/** What the lanes are called, and what each of them is about. */
import { type Text, text } from '../../base/text.ts';
import type { LaneState } from '../../transports/lane.page.ts';
import type { LaneName } from './control-talk.ts';

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
