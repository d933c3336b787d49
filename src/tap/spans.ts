/**
 * The anatomy of a recorded conversation: every span with its own bytes, the connection it went over and the time
 * of the chunk in which it began. For views and probes, which read values; the ledger needs only sizes.
 */
import type { Dissect, Exchange } from '../wire/conversation.ts';
import type { Direction, Layer, Mark, Phase } from '../wire/span.ts';
import type { Chunk } from './tape.ts';

export interface Span {
  readonly connection: number;
  readonly direction: Direction;
  readonly phase: Phase;
  readonly layer: Layer;
  readonly name: string;
  readonly mark: Mark;
  /** As on the wire: a payload under a mask is still masked. */
  readonly bytes: Uint8Array;
  /** Monotonic nanoseconds. */
  readonly at: number;
  /** Which of the recorded chunks it began in: so spans of both directions and all connections have one order. */
  readonly chunk: number;
}

export interface Anatomy {
  readonly spans: readonly Span[];
  readonly exchanges: readonly Exchange[];
}

/** Spans in the order in which the dissectors told them; those of one direction are in the order of its bytes. */
export function anatomyOf(chunks: readonly Chunk[], dissect: Dissect): Anatomy {
  const spans: Span[] = [];
  const exchanges: Exchange[] = [];
  const conversations = new Map<number, ReturnType<typeof anatomyOfConnection>>();
  for (const [ordinal, chunk] of chunks.entries()) {
    let conversation = conversations.get(chunk.connection);
    if (!conversation) {
      conversation = anatomyOfConnection(
        chunk.connection,
        dissect,
        (span) => spans.push(span),
        (exchange) => exchanges.push(exchange),
      );
      conversations.set(chunk.connection, conversation);
    }
    conversation.push(chunk, ordinal);
  }
  for (const { end } of conversations.values()) end();
  return { spans, exchanges };
}

interface Waiting extends Chunk {
  readonly ordinal: number;
}

/** The same of one connection, while its chunks still come: each span is told as soon as it is known. */
export function anatomyOfConnection(
  connection: number,
  dissect: Dissect,
  told: (span: Span) => void,
  onExchange?: (exchange: Exchange) => void,
) {
  const waiting: Record<Direction, Waiting[]> = { up: [], down: [] };
  // An empty message has no byte that waits: it came with the bytes before it.
  const latest: Partial<Record<Direction, Waiting>> = {};
  const read: Record<Direction, number> = { up: 0, down: 0 };
  const conversation = dissect((direction, layer, name, length, mark) => {
    const first = (length > 0 ? waiting[direction][0] : undefined) ?? latest[direction];
    const { phase = 'setup', at = 0, ordinal = 0 } = first ?? {};
    const bytes = takeBytes(direction, length);
    told({ connection, direction, phase, layer, name, mark, bytes, at, chunk: ordinal });
  }, onExchange);
  /** The next bytes of a direction, across as many chunks as they lie in. */
  const takeBytes = (direction: Direction, length: number): Uint8Array => {
    const chunks = waiting[direction];
    const parts: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const [chunk] = chunks;
      if (!chunk) throw new Error(`anatomy: ${left} B of ${direction} were told before they came`);
      latest[direction] = chunk;
      const part = chunk.bytes.subarray(read[direction], read[direction] + left);
      parts.push(part);
      left -= part.length;
      read[direction] += part.length;
      if (read[direction] === chunk.bytes.length) {
        chunks.shift();
        read[direction] = 0;
      }
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  };
  return {
    push(chunk: Chunk, ordinal: number) {
      // A view would keep its whole reel; an empty chunk would never be taken.
      if (chunk.bytes.length === 0) return;
      waiting[chunk.direction].push({ ...chunk, bytes: Buffer.from(chunk.bytes), ordinal });
      conversation.push(chunk.direction, chunk.bytes);
    },
    end: () => conversation.end(),
  };
}
