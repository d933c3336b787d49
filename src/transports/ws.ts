/**
 * WebSocket (RFC 6455), the client's side: one handshake, then frames. A bare WebSocket does not come back by
 * itself when its connection is lost.
 */
import { WebSocket } from 'ws';
import { maxMessageBytes, paths } from '../protocol.ts';
import { authority, type Connection, type ConnectOptions, type Transport } from './transport.ts';

async function connect(options: ConnectOptions): Promise<Connection> {
  const socket = new WebSocket(`ws://${authority(options)}${paths.socket}`, {
    createConnection: options.dialer.dial,
    perMessageDeflate: options.compression,
    maxPayload: maxMessageBytes,
  });
  let closing = false;
  socket.on('message', (data: Buffer, isBinary) => options.onMessage(isBinary ? data : data.toString()));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => options.onError('socket-error'));
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      if (!closing) options.onError('closed');
      resolve();
    }),
  );

  return {
    send: (data) =>
      new Promise((resolve, reject) => socket.send(data, (error) => (error ? reject(error) : resolve()))),
    quiet: async () => options.clock.now(),
    polls: () => null,
    pollGrid: null,
    async close() {
      closing = true;
      socket.close(1000);
      await closed;
    },
  };
}

export const ws = {
  name: 'ws',
  aliases: ['websocket'],
  server: 'ws',
  traits: {
    reference: false,
    inAll: true,
    push: true,
    emptyMessages: true,
    resume: false,
    compression: true,
    setupRequests: [1],
    connections: [1, 1],
    wire: 'http',
    laws: ['WS1', 'WS3'],
  },
  connect,
} satisfies Transport;
