/**
 * The floor: bytes on a TCP connection, with or without TLS, and nothing else. Both sides know the frame size
 * beforehand, so there is no header at all; no transport can be lighter or faster than this.
 */
import { createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { frames } from '../protocols/contract.ts';
import { sealedBy } from './http-server.ts';
import { startable } from './listening.ts';

export const server = startable({
  name: 'tcp',
  create(behaviour, options) {
    const sealed = sealedBy(options);
    const serve = (socket: Socket) => {
      const peer = { send: (data: string | Uint8Array) => void socket.write(data) };
      behaviour.joined(peer);
      socket.on(
        'data',
        frames(options.messageBytes, (frame) => behaviour.message(peer, frame)),
      );
      socket.on('close', () => behaviour.left(peer));
    };
    return sealed ? createSecureServer(sealed, serve) : createServer(serve);
  },
  tryIt: (origin) => [`nc ${origin.replace(/:(\d+)$/, ' $1')}    (answers every 16 bytes)`],
});
