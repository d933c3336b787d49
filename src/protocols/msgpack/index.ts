/** MessagePack: heads and keys. */
import { text } from '../../base/text.ts';
import type { Protocol } from '../protocol.ts';
import { explainMessagePack } from './explanation.ts';
import { ownPackedPacket } from './socket-io-packet.ts';

export const msgpack = {
  name: 'msgpack',
  read: ownPackedPacket,
  explain: explainMessagePack,
  look: {
    title: text('msgpack', 'msgpack'),
    light: '#8c6d1f',
    dark: '#b8963f',
    pattern: 'M0 2H8 M0 6H8 M2 0V8',
    letter: 'k',
    terminal: 'yellow',
  },
} satisfies Protocol;
