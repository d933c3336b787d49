/**
 * The client's side of the wire of one conversation: its sockets, every chunk with the number of the step it belongs to,
 * when it was really seen, and how many questions are not answered yet.
 */
import { realClock } from '../base/clock.ts';
import { httpConversations } from '../protocols/http1/http.ts';
import { rawConversation } from '../protocols/payload/raw.ts';
import { createDialer } from '../tap/dialer.ts';
import { anatomyOf } from '../tap/spans.ts';
import { type Chunk, createTape } from '../tap/tape.ts';
import type { Transport } from '../transports/transport.ts';
import { heldBack } from './late-upgrade.ts';

export type RecordedWire = ReturnType<typeof recordWire>;

export interface RecordedTimes {
  /** When each chunk was seen (monotonic ns), by its ordinal. */
  readonly chunksAt: readonly number[];
  /** When each connection was dialled. */
  readonly dialledAt: ReadonlyMap<number, number>;
}

interface Recording {
  readonly host: string;
  readonly port: number;
  /** The frame of the floor, which has no other way to tell where a message ends. */
  readonly messageBytes: number;
  readonly step: () => number;
  /** For so long the answer to an upgrade is held back: whoever races against it wins. */
  readonly lateUpgradeMs: number;
}

export function recordWire({ host, port, messageBytes, step, lateUpgradeMs }: Recording) {
  const chunks: Chunk[] = [];
  const chunksAt: number[] = [];
  const dialledAt = new Map<number, number>();
  const dialledIn = new Map<number, number>();
  let connections = 0;
  let unanswered = 0;
  let down = { step: 0, chunks: 0 };
  const tape = createTape(() => {});
  const dialer = createDialer({
    host,
    port,
    clock: { now: step, at: () => () => {} },
    tape: {
      ...tape,
      add(chunk) {
        chunksAt.push(realClock.now());
        chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) });
        unanswered += questionsIn(chunk);
        if (chunk.direction === 'up') return;
        down = { step: step(), chunks: down.step === step() ? down.chunks + 1 : 1 };
      },
    },
    nextConnection() {
      dialledAt.set(connections, realClock.now());
      dialledIn.set(connections, step());
      return connections++;
    },
  });
  if (lateUpgradeMs > 0) {
    const { dial } = dialer;
    dialer.dial = () => heldBack(dial(), lateUpgradeMs);
  }
  return {
    dialer,
    unanswered: () => unanswered,
    downInStep: () => (down.step === step() ? down.chunks : 0),
    read: ({ traits }: Transport) => ({
      anatomy: anatomyOf(chunks, traits.wire === 'raw' ? rawConversation(messageBytes) : httpConversations()),
      dialer,
      dialledIn,
      times: { chunksAt, dialledAt } satisfies RecordedTimes,
    }),
  };
}

/** A chunk that begins a request asks one more, one that begins a response answers one. */
function questionsIn({ direction, bytes }: Chunk): number {
  const head = Buffer.from(bytes.subarray(0, 9)).toString('latin1');
  if (direction === 'up') return /^(GET|POST) /.test(head) ? 1 : 0;
  return head === 'HTTP/1.1 ' ? -1 : 0;
}
