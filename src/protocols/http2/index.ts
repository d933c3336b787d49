/** HTTP/2 (RFC 9113): heads of frames, settings, windows, padding. Header fields are of `http` here, too. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainHttp2 } from './explanation.ts';
import { http2Conversations } from './http2.ts';

export const http2 = {
  name: 'http2',
  read: http2Conversations,
  explain: explainHttp2,
  look: {
    title: text('http2', 'http2'),
    light: '#7a6fb5',
    dark: '#b7aeea',
    pattern: 'M1 1h2v6h-2z M5 1h2v6h-2z',
    letter: 'h',
    terminal: 'magentaBright',
  },
} satisfies Protocol;
