/** Socket.IO 5: packet types, event names, acks, namespaces, JSON syntax. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainSocketIo } from './explanation.ts';
import { ownSocketIo } from './socket-io.ts';

export const socketIo = {
  name: 'socket.io',
  read: ownSocketIo,
  explain: explainSocketIo,
  look: {
    title: text('socket\u200b.io', 'socket\u200b.io'),
    light: '#dca919',
    dark: '#ecba34',
    pattern: 'M-1 -1L9 9 M-1 9L9 -1',
    letter: 'i',
    terminal: 'greenBright',
  },
} satisfies Protocol;
