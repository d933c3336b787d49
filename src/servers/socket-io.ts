/**
 * Socket.IO 4: named events over Engine.IO, which starts with HTTP long polling and moves to a WebSocket when
 * it can. One event, `echo`, carries every message here.
 */
import { createServer } from 'node:http';
import { Server as SocketIoServer } from 'socket.io';
import { eventName, maxMessageBytes, type Payload } from '../protocol.ts';
import { listen } from './listening.ts';
import type { Server } from './server.ts';

/** Socket.IO cannot switch its heartbeat off; a day is as good as never. */
const neverMs = 24 * 60 * 60 * 1000;

export const socketIo = {
  name: 'socket.io',
  start(behaviour, { compression, heartbeatMs, ...options }) {
    const server = createServer({ keepAliveTimeout: options.keepAliveTimeoutMs });
    const io = new SocketIoServer(server, {
      serveClient: false,
      pingInterval: heartbeatMs ?? neverMs,
      perMessageDeflate: compression,
      httpCompression: compression,
      // The limit is on the wire form: base64 adds a third, the envelope a few bytes.
      maxHttpBufferSize: Math.ceil((maxMessageBytes * 4) / 3) + 1024,
    });

    io.on('connection', (socket) => {
      const peer = { send: (data: Payload) => void socket.emit(eventName, data) };
      behaviour.joined(peer);
      socket.on(eventName, (data: Payload) => behaviour.message(peer, data));
      socket.on('disconnect', () => behaviour.left(peer));
    });
    return listen(server, options);
  },
  tryIt: (origin) => [
    `curl 'http://${origin}/socket.io/?EIO=4&transport=polling'    (the handshake of Engine.IO)`,
    `io('http://${origin}').on('${eventName}', console.log).emit('${eventName}', 'hello')    (with socket.io-client)`,
  ],
} satisfies Server;
