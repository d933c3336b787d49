/** WebSocket (RFC 6455 §5): frame headers, masks, control frames. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainFrame } from './explanation.ts';
import { readFrames } from './websocket.ts';

export const websocket = {
  name: 'websocket',
  read: readFrames,
  explain: explainFrame,
  look: {
    title: text('web\u200bsocket', 'web\u200bsocket'),
    light: '#d67a13',
    dark: '#e88927',
    pattern: 'M2 -1V9 M6 -1V9',
    letter: 'w',
    terminal: 'magenta',
  },
} satisfies Protocol;
