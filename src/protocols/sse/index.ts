/** Event streams (WHATWG HTML §9.2): field names, colons, line ends. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainEvent } from './explanation.ts';
import { eventStream } from './sse.ts';

export const sse = {
  name: 'sse',
  read: eventStream,
  explain: explainEvent,
  look: {
    title: text('sse', 'sse'),
    light: '#418b4e',
    dark: '#519b5c',
    pattern: 'M-1 3L3 -1 M-1 9L9 -1 M5 9L9 5',
    letter: 's',
    terminal: 'green',
  },
} satisfies Protocol;
