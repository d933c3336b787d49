/**
 * A small balancer before servers of one kind: it assigns whole connections to servers and changes no byte. It reads
 * the beginning of a connection only if it is sticky.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { reset } from '../../base/reset.ts';
import type { Address } from '../target.ts';
import { createPlacing, type PlacementOptions } from './placing.ts';

/** Plain data: it is sent to the balancer's process. */
export interface BalancerOptions extends Omit<PlacementOptions, 'servers'> {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly servers: readonly Address[];
}

export interface Balancer {
  readonly port: number;
  /** For each open connection, the client's port and the number of its server. */
  placed(): [port: number, server: number][];
  close(): Promise<void>;
}

/** Starts to listen. Rejects with the system's error when it cannot. */
export async function startBalancer({ host, port, servers, ...how }: BalancerOptions): Promise<Balancer> {
  const placing = createPlacing({ ...how, servers: servers.length });
  const sockets = new Set<Socket>();
  const homes = new Map<number, number>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // Nagle's algorithm would hold small messages back for the peer's delayed ACK.
    socket.setNoDelay(true);
    // `carry` handles errors only once both sockets exist; an error before that would end the process.
    socket.on('error', () => {});
  };
  const join = (client: Socket, line: string | null) => {
    if (client.destroyed) return;
    const place = placing.of(line);
    const { remotePort: from = 0 } = client;
    homes.set(from, place);
    client.once('close', () => homes.delete(from));
    const server = connect({ ...(servers[place] as Address), allowHalfOpen: true });
    keep(server);
    if (how.sticky) server.on('data', (bytes) => placing.answered(place, bytes));
    carry(client, server);
    carry(server, client);
  };
  const listener = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    keep(client);
    if (how.sticky) readFirstLine(client, (line) => join(client, line));
    else join(client, null);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen({ host, port, backlog: 4096 }, resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    placed: () => [...homes],
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** An end is passed on as an end, a reset as a reset. */
function carry(from: Socket, to: Socket) {
  from.pipe(to);
  from.on('error', () => reset(to));
  from.once('close', () => {
    if (!from.readableEnded) reset(to);
  });
}

/** A first line of HTTP is shorter; other protocols name no client. */
const longestLine = 8192;

/** Reads until the first line is complete, and puts back what was read. */
function readFirstLine(client: Socket, then: (line: string | null) => void) {
  let read = Buffer.alloc(0);
  const take = (bytes: Buffer) => {
    read = Buffer.concat([read, bytes]);
    const end = read.indexOf('\r\n');
    if (end < 0 && read.length < longestLine && isText(read)) return;
    done(end < 0 ? null : read.toString('latin1', 0, end));
  };
  const ended = () => done(null);
  const done = (line: string | null) => {
    client.off('data', take);
    client.off('end', ended);
    client.pause();
    if (read.length > 0) client.unshift(read);
    then(line);
  };
  client.on('data', take);
  client.once('end', ended);
  client.resume();
}

/** HTTP methods begin with a capital letter. */
const isText = ([first = 0]: Uint8Array): boolean => first >= 65 && first <= 90;
