/**
 * Socket.IO 4: named events over Engine.IO, which starts with HTTP long polling and moves to a WebSocket when
 * it can. One event, `echo`, carries every message here.
 */
import type { Server as HttpServer } from 'node:http';
import type { LibraryName, LibraryOf } from '../base/libraries.ts';
import { byteLength, eventName, maxMessageBytes, type Payload } from '../protocols/contract.ts';
import { neverStored } from './http-routes.ts';
import { createHttpServer } from './http-server.ts';
import { startable } from './listening.ts';
import type { Peer } from './server.ts';

const isPayload = (data: unknown): data is Payload => typeof data === 'string' || data instanceof Uint8Array;

/** Socket.IO cannot switch its heartbeat off, so it is set to a day, longer than any run. */
const neverMs = 24 * 60 * 60 * 1000;

export const libraries: readonly LibraryName[] = ['socket.io'];

export const server = (library: LibraryOf) =>
  startable({
    name: 'socket.io',
    create(behaviour, { compression, heartbeatMs, resume, volatile, onSession, openAdapter, ...options }) {
      const longest = options.maxMessageBytes ?? maxMessageBytes;
      // Engine.IO takes the requests on its own path; all others get 404.
      const server = createHttpServer(options, (_request, response) =>
        neverStored(response).writeHead(404).end(),
      );
      const io = new (library('socket.io').Server)(server as HttpServer, {
        serveClient: false,
        pingInterval: heartbeatMs ?? neverMs,
        perMessageDeflate: compression,
        httpCompression: compression,
        // Connection state recovery: the server keeps what a client missed, and who it was, for two minutes.
        ...(resume && { connectionStateRecovery: {} }),
        // The limit is on the wire form: base64 adds a third, the envelope a few bytes.
        maxHttpBufferSize: Math.ceil((longest * 4) / 3) + 1024,
        ...(openAdapter?.create && { adapter: openAdapter.create }),
      });
      const sendToAll = openAdapter && ((data: Payload) => void io.emit(eventName, data));

      // An Engine.IO session exists before its client has joined a namespace, and until a time-out if it never does.
      if (onSession)
        io.engine.on('connection', (session: { once(event: 'close', listener: () => void): void }) => {
          onSession(1);
          session.once('close', () => onSession(-1));
        });
      const peers = new Map<string, Peer>();
      io.on('connection', (socket) => {
        // A recovered socket has its old id, and its peer never left: Socket.IO has just replayed what it missed.
        const known = peers.get(socket.id);
        // Only what is sent to a room is kept for a client that is away. While it waits it is kept twice: as a packet,
        // and as a frame encoded once for all sockets of the room.
        const to = resume ? io.to(socket.id) : socket;
        // `volatile` is a flag of each event.
        const send = volatile
          ? (data: Payload) => void socket.volatile.emit(eventName, data)
          : (data: Payload) => void to.emit(eventName, data);
        const peer = known ?? { send, sendToAll };
        peers.set(socket.id, peer);
        if (!known) behaviour.joined(peer);
        socket.on(eventName, (data: unknown) => {
          // An event may carry any JSON, or nothing. And text is not a third longer on the wire, so the limit above
          // alone would accept longer texts than other servers do.
          if (isPayload(data) && byteLength(data) <= longest) behaviour.message(peer, data);
          else socket.disconnect(true);
        });
        socket.on('disconnect', () => {
          if (resume) return;
          peers.delete(socket.id);
          behaviour.left(peer);
        });
      });
      return server;
    },
    tryIt: (origin) => [
      `curl 'http://${origin}/socket.io/?EIO=4&transport=polling'    (the handshake of Engine.IO)`,
      `io('http://${origin}').on('${eventName}', console.log).emit('${eventName}', 'hello')    (with socket.io-client)`,
    ],
  });
