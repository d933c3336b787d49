/** How each client connected: how often it was refused before, and when it was connected. */
import type { Clock } from '../base/clock.ts';

export interface Coming {
  refusals: number;
  /** Time since the first client dialled; null while it is not connected. */
  inMs: number | null;
}

export interface Comings {
  readonly clients: readonly Coming[];
  /** A client dials: the first call starts the time. */
  dials(): void;
  /** Client `index` was refused, and tries again. */
  refused(index: number): void;
  isIn(index: number): void;
  /** Resolves when each of `count` clients from `first` on is connected or has been refused. */
  tried(first: number, count: number): Promise<void>;
}

export function createComings(clock: Clock, count: number): Comings {
  const clients = Array.from({ length: count }, (): Coming => ({ refusals: 0, inMs: null }));
  let startNs: number | undefined;
  const waiting = new Set<() => void>();
  const tell = () => {
    for (const look of waiting) look();
  };
  return {
    clients,
    dials() {
      startNs ??= clock.now();
    },
    refused(index) {
      const client = clients[index];
      // Refusals after it has been connected do not count.
      if (client?.inMs !== null) return;
      client.refusals++;
      tell();
    },
    isIn(index) {
      const client = clients[index];
      const nowNs = clock.now();
      if (client) client.inMs ??= (nowNs - (startNs ?? nowNs)) / 1e6;
      tell();
    },
    tried: (first, many) =>
      new Promise((resolve) => {
        const look = () => {
          const all = clients.slice(first, first + many);
          if (!all.every(({ inMs, refusals }) => inMs !== null || refusals > 0)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
