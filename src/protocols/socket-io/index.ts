/** Socket.IO 5: packet types, event names, acks, namespaces, JSON syntax. */
import type { Protocol } from '../protocol.ts';
import { explainSocketIo } from './explanation.ts';
import { ownSocketIo } from './socket-io.ts';

export const socketIo = {
  name: 'socket.io',
  read: ownSocketIo,
  explain: explainSocketIo,
} satisfies Protocol;
