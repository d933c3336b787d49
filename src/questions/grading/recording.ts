/**
 * The way to a student's server: a relay that changes nothing and keeps every byte, to be shown if a sentence does not
 * hold.
 */
import { realClock } from '../../base/clock.ts';
import { loopback } from '../../network/link.ts';
import { startRelay } from '../../network/relay.ts';
import type { Chunk } from '../../tap/tape.ts';

export interface Recording extends AsyncDisposable {
  readonly port: number;
  /** Forgets what was recorded so far: a check begins. */
  begin(): void;
  /** What has been recorded since, in order. */
  chunks(): readonly Chunk[];
}

/** How much of one check is kept; a fault shows at its beginning. */
const mostBytes = 8 * 1024 * 1024;

export async function startRecording(target: {
  readonly host: string;
  readonly port: number;
}): Promise<Recording> {
  let kept: Chunk[] = [];
  let bytes = 0;
  let first = 0;
  let next = 0;
  const relay = await startRelay(
    { targetHost: target.host, targetPort: target.port, link: loopback, seed: 0 },
    realClock,
    (connection) => {
      next = connection + 1;
      return {
        entered(direction, piece) {
          // A connection of an earlier check that is closing.
          if (connection < first || bytes > mostBytes) return;
          bytes += piece.length;
          kept.push({
            at: realClock.now(),
            connection: connection - first,
            direction,
            phase: 'steady',
            bytes: piece,
          });
        },
        left: () => {},
        closed: () => {},
      };
    },
  );
  return {
    port: relay.port,
    begin() {
      kept = [];
      bytes = 0;
      first = next;
    },
    chunks: () => [...kept],
    [Symbol.asyncDispose]: () => relay[Symbol.asyncDispose](),
  };
}
