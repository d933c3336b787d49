/** The server that a proxy of Node is mounted on: it listens on a free port, and ends with all its sockets. */
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { OpenLibrary } from './proxy.ts';

export async function listeningLibrary(server: Server, host: string): Promise<OpenLibrary> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // A client that resets its connection is an event, not a crash.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port: 0, backlog: 4096 }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
