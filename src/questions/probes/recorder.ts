/** One client whose every byte is kept: probes read on the wire what a library does, not in its documentation. */
import { realClock } from '../../base/clock.ts';
import { anyConversations } from '../../protocols/detect.ts';
import { allClosed, createDialer, type Dialer } from '../../tap/dialer.ts';
import { type RecordedSpan, spansOf } from '../../tap/spans.ts';
import { type Chunk, createTape } from '../../tap/tape.ts';

export interface Recorder {
  readonly dialer: Dialer;
  /** Waits until every socket is closed, then reads what was recorded. */
  spans(): Promise<RecordedSpan[]>;
  /** The same bytes, chunk by chunk, once `spans` have been asked for. */
  readonly chunks: readonly Chunk[];
}

const closeWithinMs = 1000;

export function createRecorder(host: string, port: number): Recorder {
  const chunks: Chunk[] = [];
  const tape = createTape((chunk) => chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) }));
  let connections = 0;
  const dialer = createDialer({ host, port, clock: realClock, tape, nextConnection: () => connections++ });
  return {
    dialer,
    chunks,
    async spans() {
      await allClosed(dialer, closeWithinMs);
      tape.drain();
      return spansOf(chunks, anyConversations());
    },
  };
}
