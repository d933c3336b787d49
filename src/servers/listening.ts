/**
 * Listening and ending, the same for every server. `server.close()` alone waits for open streams for ever, and leaves
 * upgraded sockets open: so every socket is kept here, and destroyed at the end.
 */
import type { Server as NetServer, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { takenFrom } from '../tap/accepted-socket.ts';
import type { Outgoing, RunningServer, Server, ServerOptions } from './server.ts';

/** Adds `start`, which creates the server and makes it listen. */
export const startable = (made: Omit<Server, 'start'>): Server => ({
  ...made,
  start: (behaviour, options) => listen(made.create(behaviour, options), options),
});

/** At most so much may wait for one client; a client that never reads would otherwise use up all memory. */
const mostUnreadBytes = 64 * 1024 * 1024;
const lookEveryMs = 250;

export async function listen(
  server: NetServer,
  { host, port, writeCostUs, onSocket }: Pick<ServerOptions, 'host' | 'port' | 'writeCostUs' | 'onSocket'>,
): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // A client that resets its connection is an event, not a crash.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    socket.setNoDelay(true);
    onSocket?.(socket);
    if (writeCostUs > 0) makeWritesCost(socket, writeCostUs);
  });
  const watch = watchUnread(sockets);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Thousands of simulated clients connect at once; the default backlog of 511 would drop their SYNs.
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    overloaded: watch.overloaded,
    outgoing: () => [...sockets].map(outgoingOf),
    close: () =>
      new Promise((resolve) => {
        watch.stop();
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function outgoingOf(socket: Socket): Outgoing {
  const { taken, queued } = takenFrom(socket);
  // TLS writes past this socket, directly to its handle: then only the handle's figure is known.
  const waitingBytes = queued === 0 ? 0 : Math.max(queued, socket.bytesWritten - taken);
  return { port: socket.remotePort ?? 0, takenBytes: taken, waitingBytes };
}

/** Checks at intervals, not at every write, so that the check costs none of the measured time. */
export function watchUnread(writers: ReadonlySet<Pick<Duplex, 'writableLength' | 'destroyed' | 'destroy'>>) {
  let count = 0;
  const look = () => {
    for (const writer of writers) {
      if (writer.writableLength <= mostUnreadBytes || writer.destroyed) continue;
      count++;
      writer.destroy();
    }
  };
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return { overloaded: () => count, stop: () => clearInterval(timer) };
}

/** Every write burns the same CPU time, whatever the transport: a response, an event, a frame. */
function makeWritesCost(socket: Socket, costUs: number) {
  const burn = () => {
    for (const end = performance.now() + costUs / 1000; performance.now() < end; );
  };
  const { _write: write, _writev: writev } = socket;
  socket._write = (...args) => {
    burn();
    write.apply(socket, args);
  };
  socket._writev = (...args) => {
    burn();
    writev?.apply(socket, args);
  };
}
