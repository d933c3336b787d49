/**
 * WebSocket (RFC 6455) through the `ws` package. After one handshake both sides may send at any time; a message is a
 * frame, and a frame says whether it is text or binary.
 */
import type { Server as HttpServer } from 'node:http';
import type { WebSocket } from 'ws';
import type { LibraryName, LibraryOf } from '../base/libraries.ts';
import { maxMessageBytes, paths } from '../protocols/contract.ts';
import { isHttp2 } from '../protocols/over.ts';
import { type FrameSocket, frameSocket } from './frame-socket.ts';
import { createHttpServer, dated, onWebSocketStream } from './http-server.ts';
import { startable } from './listening.ts';

export const libraries: readonly LibraryName[] = ['ws'];

export const server = (library: LibraryOf) =>
  startable({
    name: 'ws',
    create(behaviour, options) {
      const { compression, heartbeatMs } = options;
      const mostBytes = options.maxMessageBytes ?? maxMessageBytes;
      // A request without an upgrade is answered with what is needed (RFC 9110 §15.5.22), and its connection is closed.
      const server = createHttpServer(options, (_request, response) =>
        response.writeHead(426, { connection: 'Upgrade, close', upgrade: 'websocket' }).end(),
      );
      const serve = (socket: WebSocket | FrameSocket, connection: { readonly bytesRead: number }) => {
        const peer = { send: (data: string | Uint8Array) => socket.send(data) };
        behaviour.joined(peer);
        socket.on('message', (data: Buffer, isBinary: boolean) =>
          behaviour.message(peer, isBinary ? data : data.toString()),
        );
        // A malformed frame closes this socket; without a listener it would end the whole process.
        socket.on('error', () => {});
        socket.on('close', () => behaviour.left(peer));
        if (heartbeatMs) keepAlive(socket, connection, heartbeatMs);
      };
      if (isHttp2(options.over)) {
        // Checked at the start: an error thrown while a stream is accepted would end the process.
        if (!library('ws').Sender) throw new Error('this version of ws has no Sender to frame messages with');
        onWebSocketStream(server, (stream, path) => {
          if (path !== paths.socket) return stream.respond({ ':status': 404 }, { endStream: true });
          stream.respond({ ':status': 200, ...dated(options) });
          serve(
            frameSocket(library('ws'), stream, { side: 'server', mostBytes }),
            stream.session?.socket ?? { bytesRead: 0 },
          );
        });
        return server;
      }
      const { WebSocketServer } = library('ws');
      const sockets = new WebSocketServer({
        server: server as HttpServer,
        path: paths.socket,
        perMessageDeflate: compression,
        maxPayload: mostBytes,
      });

      sockets.on('connection', (socket, { socket: connection }) => serve(socket, connection));
      // The server passes its own errors (a port in use) on; `listen` reports them.
      sockets.on('error', () => {});
      return server;
    },
    tryIt: (origin) => [
      'in any browser console on a page without TLS:',
      `socket = new WebSocket('ws://${origin}${paths.socket}'); socket.onmessage = (event) => console.log(event.data)`,
      "socket.send('hello')",
    ],
  });

/**
 * Pings, and gives up on a peer that has sent nothing since the ping before: its TCP connection is only half open. Any
 * byte counts, not only a pong: a peer that is sending a long frame can send its pong only after it (RFC 6455 §5.4).
 */
function keepAlive(
  socket: { ping(): void; terminate(): void; on(event: 'close', listener: () => void): unknown },
  connection: { readonly bytesRead: number },
  intervalMs: number,
) {
  let readBefore = 0;
  const beat = () => {
    if (connection.bytesRead === readBefore) return socket.terminate();
    readBefore = connection.bytesRead;
    socket.ping();
  };
  // If this process was blocked, the answer may have arrived but not been read yet.
  const timer = setInterval(() => setImmediate(beat), intervalMs);
  socket.on('close', () => clearInterval(timer));
}
