/**
 * The ledger: every byte of every connection under exactly one owner, by layer, direction and phase. It adds up
 * to what the sockets counted, with no tolerance; a trial whose books do not balance is an error.
 */

import type { Trial } from '../document/report.ts';
import type { Layer } from '../protocols/layers.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Conversation, Dissect, Listener } from '../wire/conversation.ts';
import { exchangeKind } from '../wire/message.ts';
import type { Direction, Phase } from '../wire/span.ts';
import { createTally, type Field, type LayerTotal } from './tally.ts';

type ExchangeKind = Trial['exchanges'][number];

export interface ConnectionTotal {
  readonly bytes: Record<Direction, number>;
  /** HTTP requests begun on it, by phase. */
  readonly requests: Record<Phase, number>;
}

export interface Ledger {
  /** Takes the next chunk of the tape. */
  weigh(chunk: Chunk): void;
  /** No more bytes will come: dissectors tell what they held back. */
  close(): void;
  fields(): Field[];
  layers(): LayerTotal[];
  exchanges(): ExchangeKind[];
  connection(ordinal: number): ConnectionTotal;
  /** How often sockets wrote, or handed over what they had read. */
  transfers(direction: Direction, phase: Phase): number;
}

interface OpenConnection {
  readonly total: ConnectionTotal;
  readonly conversation: Conversation;
  /** Of its last chunk. */
  lastAt: number | null;
}

/** Distinct sizes kept per kind of exchange; a run with more does not compare exchanges of one size anyway. */
const sizesKept = 64;

export function createLedger(dissect: Dissect<Layer>): Ledger {
  const connections = new Map<number, OpenConnection>();
  const tally = createTally();
  const transfers = { up: newCounts(), down: newCounts() };
  const exchanges = createExchanges();
  let phase: Phase = 'setup';

  const opened = (ordinal: number): OpenConnection => {
    const total = newTotal();
    const listener: Listener<Layer> = {
      tell(span) {
        const { message, layer, mark } = span;
        if (mark === 'unit' && layer === 'http' && message.kind === 'request') total.requests[phase]++;
        tally.add(span, message.direction, phase);
      },
      answered: (request, { status, bytes: down }) =>
        exchanges.add(exchangeKind(request, status), phase, { up: request.bytes, down }),
    };
    const connection: OpenConnection = { total, conversation: dissect(listener, ordinal), lastAt: null };
    connections.set(ordinal, connection);
    return connection;
  };

  return {
    weigh(chunk) {
      phase = chunk.phase;
      const { direction, bytes } = chunk;
      const connection = connections.get(chunk.connection) ?? opened(chunk.connection);
      if (chunk.at !== connection.lastAt) transfers[direction][phase]++;
      connection.lastAt = chunk.at;
      const { total, conversation } = connection;
      total.bytes[direction] += bytes.byteLength;
      conversation.push(direction, bytes);
    },
    close() {
      for (const { conversation } of connections.values()) conversation.end();
    },
    fields: tally.fields,
    layers: tally.layers,
    exchanges: exchanges.read,
    transfers: (direction, at) => transfers[direction][at],
    connection: (ordinal) => connections.get(ordinal)?.total ?? newTotal(),
  };
}

/** Exchanges by kind and phase, with their sizes. */
function createExchanges() {
  type Size = ExchangeKind['sizes'][number];
  const kinds = new Map<string, { kind: ExchangeKind; sizes: Map<string, Size> }>();
  return {
    add(kind: string, phase: Phase, { up, down }: Pick<Size, 'up' | 'down'>) {
      const key = `${kind} ${phase}`;
      const entry = kinds.get(key) ?? { kind: { kind, phase, count: 0, sizes: [] }, sizes: new Map() };
      kinds.set(key, entry);
      entry.kind.count++;
      const size = entry.sizes.get(`${up} ${down}`) ?? { up, down, count: 0 };
      if (entry.sizes.size < sizesKept) entry.sizes.set(`${up} ${down}`, size);
      size.count++;
    },
    read: () => [...kinds.values()].map(({ kind, sizes }) => ({ ...kind, sizes: [...sizes.values()] })),
  };
}

const newCounts = (): Record<Phase, number> => ({ setup: 0, warmup: 0, steady: 0, teardown: 0 });

const newTotal = (): ConnectionTotal => ({ bytes: { up: 0, down: 0 }, requests: newCounts() });
