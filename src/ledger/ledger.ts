/**
 * The ledger: every byte of every connection under exactly one owner, by layer, direction and phase. It adds up
 * to what the sockets counted, with no tolerance; a trial whose books do not balance is an error.
 */

import type { Trial } from '../document/report.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Conversation, Dissect, Sink } from '../wire/conversation.ts';
import type { Direction, Phase } from '../wire/span.ts';

export type Field = Trial['fields'][number];
export type LayerTotal = Trial['wire']['layers'][number];
export type ExchangeKind = Trial['exchanges'][number];

export interface ConnectionTotal {
  readonly bytes: Record<Direction, number>;
  /** HTTP requests begun on it, by phase. */
  readonly requests: Record<Phase, number>;
}

export interface Ledger {
  /** Takes the next chunk of the tape. */
  weigh(chunk: Chunk): void;
  /** No more bytes will come: what dissectors held back is owned now. */
  close(): void;
  fields(): Field[];
  layers(): LayerTotal[];
  exchanges(): ExchangeKind[];
  connection(ordinal: number): ConnectionTotal;
  /** How many chunks sockets handed over. */
  chunks(direction: Direction, phase: Phase): number;
}

/** Distinct sizes kept per kind of exchange; a run with more is not comparing exchanges of one size anyway. */
const sizesKept = 64;

export function createLedger(dissect: Dissect): Ledger {
  const conversations = new Map<number, Conversation>();
  const totals = new Map<number, ConnectionTotal>();
  const fields = new Map<string, Field>();
  const units = new Map<string, number>();
  const chunks = new Map<string, number>();
  const exchanges = new Map<
    string,
    { kind: ExchangeKind; sizes: Map<string, ExchangeKind['sizes'][number]> }
  >();
  let phase: Phase = 'setup';

  const own: Sink = (direction, layer, name, bytes, mark) => {
    const key = `${layer} ${direction} ${phase} ${name}`;
    let field = fields.get(key);
    if (!field) {
      field = { layer, name, direction, phase, count: 0, bytes: 0 };
      fields.set(key, field);
    }
    field.bytes += bytes;
    if (mark !== 'more') field.count++;
    if (mark === 'unit') {
      const unit = `${layer} ${direction} ${phase}`;
      units.set(unit, (units.get(unit) ?? 0) + 1);
    }
  };

  const exchanged: NonNullable<Parameters<Dissect>[1]> = ({ method, target, status, up, down }) => {
    const kind = `${method} ${target.split('?', 1)[0]} ${status}`;
    const key = `${kind} ${phase}`;
    const entry = exchanges.get(key) ?? { kind: { kind, phase, count: 0, sizes: [] }, sizes: new Map() };
    exchanges.set(key, entry);
    entry.kind.count++;
    const size = entry.sizes.get(`${up} ${down}`) ?? { up, down, count: 0 };
    if (entry.sizes.size < sizesKept) entry.sizes.set(`${up} ${down}`, size);
    size.count++;
  };

  return {
    weigh(chunk) {
      phase = chunk.phase;
      const kind = `${chunk.direction} ${chunk.phase}`;
      chunks.set(kind, (chunks.get(kind) ?? 0) + 1);
      let conversation = conversations.get(chunk.connection);
      if (!conversation) {
        const total = newTotal();
        const sink: Sink = (direction, layer, name, bytes, mark) => {
          if (layer === 'http' && direction === 'up' && mark === 'unit') total.requests[phase]++;
          own(direction, layer, name, bytes, mark);
        };
        conversation = dissect(sink, exchanged);
        conversations.set(chunk.connection, conversation);
        totals.set(chunk.connection, total);
      }
      const total = totals.get(chunk.connection);
      if (total) total.bytes[chunk.direction] += chunk.bytes.byteLength;
      conversation.push(chunk.direction, chunk.bytes);
    },
    close() {
      for (const conversation of conversations.values()) conversation.end();
      conversations.clear();
    },
    fields: () => [...fields.values()],
    layers() {
      const sums = new Map<string, LayerTotal>();
      for (const { layer, direction, phase: at, bytes } of fields.values()) {
        const key = `${layer} ${direction} ${at}`;
        const sum = sums.get(key) ?? { layer, direction, phase: at, units: units.get(key) ?? 0, bytes: 0 };
        sum.bytes += bytes;
        sums.set(key, sum);
      }
      return [...sums.values()];
    },
    exchanges: () =>
      [...exchanges.values()].map(({ kind, sizes }) => ({ ...kind, sizes: [...sizes.values()] })),
    chunks: (direction, at) => chunks.get(`${direction} ${at}`) ?? 0,
    connection: (ordinal) => totals.get(ordinal) ?? newTotal(),
  };
}

const newTotal = (): ConnectionTotal => ({
  bytes: { up: 0, down: 0 },
  requests: { setup: 0, warmup: 0, steady: 0, teardown: 0 },
});
