/**
 * What a relay carries, span by span, each with the exchange it belongs to. Bytes go on first and are read a turn of the
 * event loop later, as `inspect` does.
 */
import { laterOf } from '../../inspection/later.ts';
import type { Watch } from '../../network/relay.ts';
import type { Chunk } from '../../tap/tape.ts';
import { type Attribution, attribute } from './attribution.ts';

export interface AttributedRelay {
  readonly watch: Watch;
  /** Reads what has come meanwhile. */
  catchUp(): void;
  /** Bytes that the relay carried, and those of them that wait for the rest of their line. */
  sums(): { readonly relay: number; readonly unread: number };
}

interface AttributedOptions {
  readonly now: () => number;
  readonly told: Parameters<typeof attribute>[1];
  readonly dissect?: Parameters<typeof attribute>[2];
}

export function attributedRelay({ now, told, dissect }: AttributedOptions): AttributedRelay {
  const open = new Map<number, Attribution>();
  let relay = 0;
  const later = laterOf((chunk: Chunk) => open.get(chunk.connection)?.push(chunk));
  return {
    watch(connection) {
      open.set(connection, attribute(connection, told, dissect));
      return {
        entered(direction, bytes) {
          relay += bytes.length;
          later.add({ at: now(), connection, direction, phase: 'steady', bytes });
        },
        left: () => {},
        closed() {
          later.run();
          open.get(connection)?.end();
          open.delete(connection);
        },
      };
    },
    catchUp: later.run,
    sums() {
      later.run();
      return { relay, unread: [...open.values()].reduce((sum, one) => sum + one.unread(), 0) };
    },
  };
}
