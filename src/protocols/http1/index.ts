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
    light: '#3f6a9a',
    dark: '#6b9bd1',
    pattern: '',
    letter: null,
    terminal: 'blueBright',
  },
} satisfies Protocol;
