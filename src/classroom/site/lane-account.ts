/**
 * The account of one lane: the bytes of its exchanges, layer by layer, set-up apart from what follows, and the newest
 * exchange for display. Kept for each page, and one for all bots together.
 */

import { createTally, type LayerTotal } from '../../ledger/tally.ts';
import { type Layer, layers } from '../../protocols/layers.ts';
import type { RecordedSpan } from '../../tap/spans.ts';
import type { Phase } from '../../wire/span.ts';
import type { HttpVersion, LaneCount, Weight } from '../page/control-talk.ts';
import type { Exchange } from './exchange.ts';

export interface PageAccount {
  take(span: RecordedSpan, exchange: Exchange): void;
  count(): LaneCount;
  /** The HTTP version of each connection that carried some of it, by the connection's ordinal. */
  connections(): ReadonlyMap<number, HttpVersion>;
  layers(): readonly LayerTotal[];
  /** HTTP requests after set-up. */
  steadyRequests(): number;
  /** The weight of the newest message in each direction; null before there is one. */
  said(): Weight | null;
  heard(): Weight | null;
  newest(): Exchange | null;
}

export function openAccount(): PageAccount {
  const tally = createTally();
  const connections = new Map<number, HttpVersion>();
  const counts = { requests: 0, steadyRequests: 0, polls: 0, emptyPolls: 0, up: 0, down: 0 };
  let said: Weight | null = null;
  let heard: Weight | null = null;
  let newest: Exchange | null = null;
  return {
    take(span, exchange) {
      const { layer, mark, length, message } = span;
      const { direction, kind } = message;
      // A head begins with its first line, or in HTTP/2 with the first field of a block.
      const isHead = layer === 'http' && mark === 'unit';
      const phase = phaseOf(exchange);
      counts[direction] += length;
      tally.add(span, direction, phase);
      if (isHead && kind === 'request') {
        connections.set(exchange.connection, exchange.isHttp2 ? 'h2' : 'http/1.1');
        counts.requests++;
        if (phase === 'steady') counts.steadyRequests++;
      }
      if (isHead && kind === 'response' && isPoll(exchange)) {
        counts.polls++;
        if (exchange.status === 204) counts.emptyPolls++;
      }
      if (direction === 'down') newest = exchange;
      if (layer !== 'payload') return;
      if (direction === 'up') said = exchange.piece.up;
      else heard = exchange.piece.down;
    },
    count: () => ({
      requests: counts.requests,
      connections: connections.size,
      up: counts.up,
      down: counts.down,
      polls: counts.polls,
      emptyPolls: counts.emptyPolls,
      layers: byLayer(tally.layers()),
    }),
    connections: () => connections,
    layers: tally.layers,
    steadyRequests: () => counts.steadyRequests,
    said: () => said && { ...said },
    heard: () => heard && { ...heard },
    newest: () => newest,
  };
}

/** Bytes of each layer that has any, from the outermost layer inwards: the page draws them in this order. */
export function byLayer(rows: readonly Pick<LayerTotal, 'layer' | 'bytes'>[]): Record<string, number> {
  const bytesOf = (layer: Layer) =>
    rows.reduce((sum, row) => (row.layer === layer ? sum + row.bytes : sum), 0);
  const used = layers.filter((layer) => rows.some((row) => row.layer === layer));
  return Object.fromEntries(used.map((layer) => [layer, bytesOf(layer)]));
}

/** A poll of a mailbox that is open already. */
const isPoll = ({ place }: Exchange) => place?.target.includes('cursor=') ?? false;

/** Set-up lasts until the first message can flow: handshakes, the head of a stream, the poll that opens a mailbox. */
function phaseOf(exchange: Exchange): Phase {
  if (exchange.streams || isPoll(exchange)) return 'steady';
  return exchange.method === 'POST' && exchange.place?.lane !== 'socket.io' ? 'steady' : 'setup';
}
