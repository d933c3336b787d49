/**
 * The client's side of the wire of one conversation: its sockets, every span with its step, the real times, and how
 * many requests are not answered yet.
 */
import { realClock } from '../base/clock.ts';
import { conversationsOver } from '../protocols/detect.ts';
import type { Over } from '../protocols/over.ts';
import { createKeyLog } from '../protocols/tls/key-log.ts';
import { createDialer } from '../tap/dialer.ts';
import { type RecordedSpan, readSpans } from '../tap/spans.ts';
import { createTape } from '../tap/tape.ts';
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
  readonly transport: Transport;
  /** Message size for the transport `tcp`, which has no framing. */
  readonly messageBytes: number;
  readonly step: () => number;
  /** How long the response to an upgrade is held back, so that whatever races against it wins. */
  readonly lateUpgradeMs: number;
  readonly over: Over;
  /** PEM of the authority that vouches for the server, over TLS. */
  readonly authority?: string | undefined;
}

export function recordWire(recording: Recording) {
  const { host, port, transport, messageBytes, step, lateUpgradeMs, over, authority } = recording;
  const spans: RecordedSpan[] = [];
  const chunksAt: number[] = [];
  const dialledAt = new Map<number, number>();
  const dialledIn = new Map<number, number>();
  let connections = 0;
  let unanswered = 0;
  let down = { step: 0, chunks: 0 };
  const tape = createTape(() => {});
  const keyLog = createKeyLog('', true);
  const dissect = conversationsOver(over, transport.traits.wire, messageBytes, keyLog);
  const reader = readSpans(dissect, (span) => {
    spans.push(span);
    unanswered += questionsIn(span);
  });
  const dialer = createDialer({
    host,
    port,
    tls: authority === undefined ? undefined : { authority, keyLog },
    clock: { now: step, at: () => () => {} },
    tape: {
      ...tape,
      add(chunk) {
        chunksAt.push(realClock.now());
        reader.push(chunk);
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
    dialer.dial = (protocol) => heldBack(dial(protocol), lateUpgradeMs);
  }
  return {
    dialer,
    unanswered: () => unanswered,
    downInStep: () => (down.step === step() ? down.chunks : 0),
    /** The recording, once all is closed. */
    read() {
      reader.end();
      return { spans, dialer, dialledIn, times: { chunksAt, dialledAt } satisfies RecordedTimes };
    },
  };
}

/** Change of the number of open requests: a request adds one, a final response or a 101 takes one away. */
function questionsIn(span: RecordedSpan): number {
  if (!beginsHead(span)) return 0;
  const { message } = span;
  if (message.kind === 'request') return 1;
  return message.kind === 'response' && (message.status >= 200 || message.status === 101) ? -1 : 0;
}

/** Whether a request or response begins with this span: its first line, or over HTTP/2 the first field of its block. */
export const beginsHead = ({ layer, mark }: RecordedSpan): boolean => layer === 'http' && mark === 'unit';
