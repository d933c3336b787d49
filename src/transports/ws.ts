/**
 * WebSocket (RFC 6455), the client's side: one handshake, then frames. A bare WebSocket does not come back by
 * itself when its connection is lost; the variant `ws:reconnect` adds the small loop that people write.
 */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { maxMessageBytes, paths } from '../protocol.ts';
import { backOff } from './reconnect.ts';
import {
  authority,
  type Connection,
  type ConnectOptions,
  type Traits,
  type Transport,
  usual,
} from './transport.ts';

/** Opens one socket; rejects when the handshake fails. */
async function open(options: ConnectOptions): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${authority(options)}${paths.socket}`, {
    createConnection: options.dialer.dial,
    headers: options.headers,
    perMessageDeflate: options.compression,
    maxPayload: maxMessageBytes,
  });
  socket.on('message', (data: Buffer, isBinary) => options.onMessage(isBinary ? data : data.toString()));
  await once(socket, 'open');
  // An error is always followed by `close`; without a listener it would end the process.
  socket.on('error', () => {});
  return socket;
}

const connectAnd =
  (onClose: 'give up' | 'reconnect') =>
  async (options: ConnectOptions): Promise<Connection> => {
    let socket = await open(options);
    let closing = false;

    const watch = () =>
      socket.once('close', () => {
        if (closing) return;
        options.onError('closed');
        if (onClose === 'reconnect') void reopen();
      });
    const reopen = async () => {
      const retry = backOff(options);
      while (!closing) {
        await retry.wait();
        if (closing) return;
        try {
          socket = await open(options);
          watch();
          return;
        } catch {
          // Still refused: wait longer, try again.
        }
      }
    };
    watch();

    return {
      send: (data) =>
        new Promise((resolve, reject) => socket.send(data, (error) => (error ? reject(error) : resolve()))),
      quiet: async () => options.clock.now(),
      polls: () => null,
      pollGrid: null,
      async close() {
        closing = true;
        if (socket.readyState === WebSocket.CLOSED) return;
        const closed = once(socket, 'close');
        socket.close(1000);
        await closed;
      },
    };
  };

const traits = {
  ...usual,
  reconnects: false,
  compression: true,
  roundTripsToConnect: 2,
  setupRequests: [1],
  connections: [1, 1],
  laws: ['WS1', 'WS2', 'WS3', 'SIO6', 'OUT'],
} satisfies Traits;

export const ws = {
  name: 'ws',
  aliases: ['websocket'],
  server: 'ws',
  traits,
  connect: connectAnd('give up'),
} satisfies Transport;

/** Comes back after a cut, by itself; what was sent meanwhile is still lost. */
export const wsReconnect = {
  name: 'ws:reconnect',
  aliases: ['websocket:reconnect'],
  server: 'ws',
  traits: { ...traits, inAll: false, reconnects: true },
  connect: connectAnd('reconnect'),
} satisfies Transport;
