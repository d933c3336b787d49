/** How each client came to be connected: how often it was refused before, and when it was in. */
import type { Clock } from '../base/clock.ts';

export interface Coming {
  refusals: number;
  /** After the first client dialled; null as long as it is not in. */
  inMs: number | null;
}

export interface Comings {
  readonly clients: readonly Coming[];
  /** Somebody dials: the first begins the time. */
  dials(): void;
  /** Client `index` was refused, and tries again. */
  refused(index: number): void;
  isIn(index: number): void;
  /** Resolves when each of so many clients is in or was refused. */
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
      // Whoever is thrown out later had been in.
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
