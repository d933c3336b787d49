/** HTTP/1.1 (RFC 9112): start lines, header fields, blank lines. */
import type { Protocol } from '../protocol.ts';
import { explainHttp } from './explanation.ts';
import { httpConversations } from './http.ts';

export const http = {
  name: 'http',
  read: httpConversations,
  explain: explainHttp,
} satisfies Protocol;
