/**
 * A recorded conversation as spans, each with its bytes and the time of the chunk in which it began. For views and
 * probes, which read values; the ledger needs only sizes.
 */
import type { Layer } from '../protocols/layers.ts';
import type { Conversation, Dissect, Listener } from '../wire/conversation.ts';
import type { Direction, Phase, Span } from '../wire/span.ts';
import type { Chunk } from './tape.ts';

export interface RecordedSpan extends Omit<Span<Layer>, 'clear'> {
  /** As on the wire: a payload under a mask is still masked. */
  readonly bytes: Uint8Array;
  /** As the receiver reads them. */
  readonly clear: Uint8Array;
  readonly phase: Phase;
  /** Monotonic nanoseconds. */
  readonly at: number;
  /** Ordinal of the chunk in which it began, which gives spans of all connections and directions one order. */
  readonly chunk: number;
}

/** Spans in the order in which the dissectors tell them; those of one direction are in the order of its bytes. */
export function spansOf(chunks: readonly Chunk[], dissect: Dissect<Layer>): RecordedSpan[] {
  const spans: RecordedSpan[] = [];
  const reader = readSpans(dissect, (span) => spans.push(span));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return spans;
}

/** The same while chunks still arrive: each span is told as soon as it is known. */
export function readSpans(
  dissect: Dissect<Layer>,
  told: (span: RecordedSpan) => void,
  answered?: Listener<Layer>['answered'],
) {
  const open = new Map<number, ReturnType<typeof readConnection>>();
  let ordinal = 0;
  const opened = (connection: number) => {
    const reader = readConnection(connection, dissect, told, answered);
    open.set(connection, reader);
    return reader;
  };
  return {
    push: (chunk: Chunk) => (open.get(chunk.connection) ?? opened(chunk.connection)).push(chunk, ordinal++),
    /** One connection is closed. */
    close(connection: number) {
      open.get(connection)?.end();
      open.delete(connection);
    },
    end() {
      for (const { end } of open.values()) end();
    },
  };
}

interface Waiting extends Chunk {
  readonly ordinal: number;
}

function readConnection(
  connection: number,
  dissect: Dissect<Layer>,
  told: (span: RecordedSpan) => void,
  answered: Listener<Layer>['answered'],
) {
  const waiting: Record<Direction, Waiting[]> = { up: [], down: [] };
  // An empty message has no waiting byte: it takes the time of the bytes before it.
  const latest: Partial<Record<Direction, Waiting>> = {};
  const read: Record<Direction, number> = { up: 0, down: 0 };
  const tell = (span: Span<Layer>) => {
    const { length, message } = span;
    const first = (length > 0 ? waiting[message.direction][0] : undefined) ?? latest[message.direction];
    const { phase = 'setup', at = 0, ordinal = 0 } = first ?? {};
    const bytes = takeBytes(message.direction, length);
    told({ ...span, bytes, clear: span.clear?.() ?? bytes, phase, at, chunk: ordinal });
  };
  /** Takes the next bytes of a direction, across chunks if needed. */
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
  const conversation: Conversation = dissect({ tell, answered }, connection);
  return {
    push(chunk: Chunk, ordinal: number) {
      // Copied, because a view would keep its whole reel in memory. An empty chunk would never be taken.
      if (chunk.bytes.length === 0) return;
      const bytes = Buffer.from(chunk.bytes);
      waiting[chunk.direction].push({ ...chunk, bytes, ordinal });
      conversation.push(chunk.direction, bytes);
    },
    end: () => conversation.end(),
  };
}
