/**
 * Between the servers and their Redis: passes every byte on, counts it, and can fail as a Redis does. The port stays
 * the same while nothing listens on it.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { reset } from '../../base/reset.ts';
import type { StoreAway, StoreTraffic } from '../../target/cluster/shared-store.ts';
import type { Address } from '../../target/target.ts';
import { createTraffic } from './traffic.ts';

export interface StoreRelay {
  readonly port: number;
  traffic(): StoreTraffic;
  leave(how: StoreAway): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
}

/** @param host where it listens. Rejects with the system's error when it cannot. */
export async function startStoreRelay(store: Address, host: string): Promise<StoreRelay> {
  const traffic = createTraffic();
  const sockets = new Set<Socket>();
  let away: StoreAway | null = null;
  let port = 0;
  const hold = (socket: Socket) => (away === 'held' ? socket.pause() : socket.resume());
  const keep = (socket: Socket, other: Socket, told: (bytes: Buffer) => void) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => {
      told(bytes);
      if (!other.write(bytes)) socket.pause();
    });
    other.on('drain', () => hold(socket));
    socket.on('end', () => other.end());
    socket.on('error', () => reset(other));
    socket.once('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
    hold(socket);
  };
  const server = createServer((client) => {
    client.on('error', () => {});
    if (away === 'accept-close') return void client.end();
    const redis = connect(store);
    const watched = traffic.watch();
    keep(client, redis, watched.to);
    keep(redis, client, watched.from);
  });
  const listen = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  const resetAll = () => {
    for (const socket of sockets) reset(socket);
  };
  const stopListening = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    resetAll();
    await closed;
  };
  await listen();
  port = (server.address() as AddressInfo).port;
  return {
    port,
    traffic: traffic.read,
    async leave(how) {
      away = how;
      if (how === 'refused') await stopListening();
      else if (how === 'held') for (const socket of sockets) socket.pause();
      else resetAll();
    },
    async back() {
      away = null;
      if (!server.listening) await listen();
      for (const socket of sockets) socket.resume();
    },
    close: stopListening,
  };
}
