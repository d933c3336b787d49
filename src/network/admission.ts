/**
 * A server that is slow to admit, as its clients see it: connections stand at once, because the kernel accepts them,
 * but are served one after the other. A client that has left still takes its turn.
 */
import type { Socket } from 'node:net';
import type { Clock } from '../base/clock.ts';
import { reset } from '../base/reset.ts';

export interface Admission {
  /** Calls `enter` when it is this client's turn and its cost is paid. */
  wait(client: Socket, enter: () => void): void;
  /** Resets all waiting clients. */
  close(): void;
}

/** @param costMs time that admitting each connection takes. */
export function createAdmission(costMs: number, clock: Clock): Admission {
  const waiting = new Map<Socket, () => void>();
  let freeNs = 0;
  return {
    wait(client, enter) {
      client.on('error', () => {});
      freeNs = Math.max(freeNs, clock.now()) + costMs * 1e6;
      const callOff = clock.at(freeNs, () => {
        waiting.delete(client);
        enter();
      });
      waiting.set(client, callOff);
    },
    close() {
      for (const [client, callOff] of waiting) {
        callOff();
        reset(client);
      }
      waiting.clear();
    },
  };
}
