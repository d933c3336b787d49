/** HTTP/1.1 (RFC 9112): start lines, header fields, blank lines. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainHttp } from './explanation.ts';
import { httpConversations } from './http.ts';

export const http = {
  name: 'http',
  read: httpConversations,
  explain: explainHttp,
  look: {
    title: text('http', 'http'),
    light: '#044f7c',
    dark: '#2b6797',
    pattern: '',
    letter: null,
    terminal: 'blueBright',
  },
} satisfies Protocol;
