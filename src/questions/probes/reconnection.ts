/** Which client reconnects by itself when the connection is cut: Socket.IO's, or a bare WebSocket. */
import { once } from 'node:events';
import type { ManagerOptions } from 'socket.io-client';
import { WebSocket } from 'ws';
import { type Fact, fact, yes } from './fact.ts';
import { host, patienceMs, serveSocketIo, serveWs, withinMs } from './serving.ts';

/**
 * Each server drops the connection of its client without a closing handshake. The probe asks whether the client comes
 * back, not how soon, so the usual wait of one second is shortened.
 */
export async function reconnection(
  options: Partial<ManagerOptions> = { reconnection: true, reconnectionDelay: 20 },
): Promise<Fact[]> {
  return [
    fact('comes-back', 'socket.io', yes(await socketIoComesBack(options))),
    fact('comes-back', 'ws', yes(await wsComesBack())),
  ];
}

async function socketIoComesBack(options: Partial<ManagerOptions>): Promise<boolean> {
  let joined = 0;
  let cameBack = () => {};
  const again = new Promise<true>((resolve) => {
    cameBack = () => resolve(true);
  });
  await using server = await serveSocketIo((io) =>
    io.on('connection', ({ conn }) => {
      joined++;
      if (joined === 1) setImmediate(() => conn.close(true));
      else cameBack();
    }),
  );
  const client = await server.client('/', options);
  if (client.connected) await once(client as never, 'disconnect');
  if (options.reconnection === false) return false;
  return (await withinMs(patienceMs, again)) === true;
}

/** A WebSocket that is CLOSED stays closed: no transition leads back to another state (WHATWG WebSockets §3.1). */
async function wsComesBack(): Promise<boolean> {
  let joined = 0;
  await using server = await serveWs((sockets) =>
    sockets.on('connection', (socket) => {
      joined++;
      setImmediate(() => socket.terminate());
    }),
  );
  const socket = new WebSocket(`ws://${host}:${server.port}/`);
  socket.on('error', () => {});
  await once(socket, 'close');
  return joined > 1 || socket.readyState !== WebSocket.CLOSED;
}
