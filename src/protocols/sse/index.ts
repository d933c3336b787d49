/** Event streams (WHATWG HTML §9.2): field names, colons, line ends. */
import type { Protocol } from '../protocol.ts';
import { explainEvent } from './explanation.ts';
import { eventStream } from './sse.ts';

export const sse = {
  name: 'sse',
  read: eventStream,
  explain: explainEvent,
} satisfies Protocol;
