/** WebSocket (RFC 6455 §5): frame headers, masks, control frames. */
import type { Protocol } from '../protocol.ts';
import { explainFrame } from './explanation.ts';
import { readFrames } from './websocket.ts';

export const websocket = {
  name: 'websocket',
  read: readFrames,
  explain: explainFrame,
} satisfies Protocol;
