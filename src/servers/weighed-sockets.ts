/**
 * What a server's own sockets carried: the server's side of all hops between. During the run each chunk is only copied;
 * the copies are read when the caller asks.
 */
import type { Socket } from 'node:net';
import { realClock } from '../base/clock.ts';
import { createHeads, type ExchangeHeads } from '../ledger/exchange-heads.ts';
import { createLedger } from '../ledger/ledger.ts';
import type { LayerTotal } from '../ledger/tally.ts';
import { httpConversations } from '../protocols/http1/http.ts';
import { dispatchedBy, tapAccepted } from '../tap/accepted-socket.ts';
import { createTape } from '../tap/tape.ts';

export interface WeighedSockets {
  readonly up: number;
  readonly down: number;
  /** What Node's own sockets counted. */
  readonly socketBytes: number;
  /** The first connection whose bytes are not what its socket counted; null where the books balance. */
  readonly difference: string | null;
  readonly connections: number;
  readonly requests: number;
  readonly layers: readonly LayerTotal[];
  readonly heads: readonly ExchangeHeads[];
}

export function weighSockets() {
  const sockets: Socket[] = [];
  const ledger = createLedger(httpConversations());
  const heads = createHeads(httpConversations());
  const tape = createTape((chunk) => {
    ledger.weigh(chunk);
    heads.keep(chunk);
  });
  return {
    watch(socket: Socket) {
      const connection = sockets.push(socket) - 1;
      tapAccepted(socket, (direction, bytes) =>
        tape.add({ at: realClock.now(), connection, direction, phase: 'steady', bytes }),
      );
    },
    /** May be called only once: it closes the ledger. */
    read(): WeighedSockets {
      const counted = sockets.map((socket) => ({ up: socket.bytesRead, down: dispatchedBy(socket) }));
      tape.drain();
      ledger.close();
      const sum = { up: 0, down: 0, socketBytes: 0, difference: null as string | null };
      for (const [connection, { up, down }] of counted.entries()) {
        const { bytes } = ledger.connection(connection);
        sum.up += bytes.up;
        sum.down += bytes.down;
        sum.socketBytes += up + down;
        if (bytes.up !== up || bytes.down !== down)
          sum.difference ??= `at the server, connection ${connection}: ${bytes.up - up} B up, ${bytes.down - down} B down more than its socket counted`;
      }
      const layers = ledger.layers();
      const requests = layers
        .filter(({ layer, direction }) => layer === 'http' && direction === 'up')
        .reduce((total, { units }) => total + units, 0);
      return { ...sum, connections: sockets.length, requests, layers, heads: heads.read() };
    },
  };
}
