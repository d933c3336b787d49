/**
 * The floor, the client's side: a TCP connection and frames of a size known beforehand. What another
 * transport costs above this is its own overhead.
 */
import { text } from '../base/text.ts';
import { frames } from '../protocols/contract.ts';
import { whenReady } from '../tap/dialer.ts';
import {
  alwaysQuiet,
  type Connection,
  type ConnectOptions,
  noPolls,
  type Transport,
  usual,
} from './transport.ts';

async function connect(options: ConnectOptions): Promise<Connection> {
  const socket = options.dialer.dial();
  await new Promise<void>((resolve, reject) => {
    whenReady(socket, resolve);
    socket.once('error', reject);
  });
  let closing = false;
  socket.on('error', () => options.onError('socket-error'));
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      if (!closing) options.onError('closed');
      resolve();
    }),
  );
  socket.on(
    'data',
    frames(options.messageBytes, (frame) =>
      options.onMessage(options.binary ? frame : Buffer.from(frame).toString()),
    ),
  );
  return {
    quiet: alwaysQuiet,
    polls: noPolls,
    pollGrid: null,
    send(data) {
      if (!socket.writable) return Promise.reject(new Error('the socket is closed'));
      socket.write(data);
      return null;
    },
    async close() {
      closing = true;
      socket.end();
      await closed;
    },
  };
}

export const tcp = {
  name: 'tcp',
  aliases: ['raw'],
  server: 'tcp',
  traits: {
    ...usual,
    reference: true,
    inAll: false,
    emptyMessages: false,
    reconnects: false,
    roundTripsToConnect: 1,
    setupRequests: [0],
    connections: [1, 1],
    notOverHttp2: text('it is the floor below HTTP, and has none', 'HTTP 아래의 바닥이라 HTTP가 없습니다'),
    wire: 'raw',
    keptBesides: 120,
    laws: ['WS2', 'OUT'],
  },
  connect,
} satisfies Transport;
