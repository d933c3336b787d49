/** A client that follows no protocol: writes bytes to a bare connection, waits for its end, or vanishes. */
import { connect } from 'node:net';
import type { Ground } from '../ground.ts';

export interface Rude {
  say(bytes: string | Uint8Array): void;
  /** Waits until something arrives or the other side closes; resolves with what arrived. */
  hear(withinMs?: number): Promise<string>;
  /** Ends the connection with a reset, even in the middle of a message. */
  reset(): void;
}

export function openRude(ground: Ground): Promise<Rude> {
  const socket = connect({ host: ground.host, port: ground.port });
  ground.atEnd(() => socket.destroy());
  let came = '';
  let onNews = () => {};
  socket.setNoDelay(true);
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    came += bytes.toString('latin1');
    onNews();
  });
  socket.on('close', () => onNews());
  const rude: Rude = {
    say: (bytes) => void socket.write(bytes),
    hear: (withinMs = ground.patienceMs / 4) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          resolve(came);
          came = '';
        };
        const timer = setTimeout(end, withinMs);
        onNews = end;
        if (came !== '' || socket.destroyed) end();
      }),
    reset: () => socket.resetAndDestroy(),
  };
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(rude));
    socket.once('error', () => resolve(rude));
  });
}
