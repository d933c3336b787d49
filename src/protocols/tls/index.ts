/** TLS 1.3 and 1.2 (RFC 8446, 5246): records, what seals them, and the handshake. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainTls } from './explanation.ts';
import { tlsConversations } from './tls.ts';

export const tls = {
  name: 'tls',
  read: tlsConversations,
  explain: explainTls,
  look: {
    title: text('tls', 'tls'),
    light: '#5d6b7a',
    dark: '#9fb0c2',
    pattern: 'M1 4h2v3h-2z M5 1h2v3h-2z',
    letter: 't',
    terminal: 'gray',
  },
} satisfies Protocol;
