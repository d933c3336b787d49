/** The server of the exercise, in this process; the program printed for students does the same. */
import { WebSocket } from 'ws';
import { type Serving, serveWs } from '../probes/serving.ts';
import { greeting } from './chat.ts';

/** Greets, and passes messages on. `connected` counts the clients that got as far as a WebSocket. */
export async function serveChat(): Promise<Serving & { readonly connected: () => number }> {
  let connected = 0;
  const server = await serveWs((sockets) =>
    sockets.on('connection', (socket) => {
      connected++;
      socket.send(greeting);
      socket.on('message', (data: Buffer) => {
        for (const client of sockets.clients)
          if (client.readyState === WebSocket.OPEN) client.send(data.toString());
      });
    }),
  );
  return { ...server, connected: () => connected };
}
