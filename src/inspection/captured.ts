/** An inspection of a capture: the same books as the relay keeps, filled from a file, block by block. */
import type { Inspection } from '../document/inspection.ts';
import { anyConversations } from '../protocols/detect.ts';
import { createKeyLog, type KeyLog } from '../protocols/tls/key-log.ts';
import { readCapture } from '../tap/capture/capture.ts';
import { createBooks } from './books.ts';
import { hintsOf } from './hints.ts';
import { createProfiler } from './profile.ts';

export interface CapturedOptions {
  /** Its name in the report. */
  readonly target: string;
  /** The application's port; null for every connection that begins with something readable. */
  readonly port: number | null;
  /** Whether to make a profile as well, to be compared with another inspection. */
  readonly isProfiled: boolean;
  /** Secrets in the capture itself are added to it. */
  readonly keyLog?: KeyLog | undefined;
}

export function inspectCapture({ target, port, isProfiled, keyLog = createKeyLog() }: CapturedOptions) {
  const books = createBooks(anyConversations(keyLog));
  const profiler = isProfiled ? createProfiler(anyConversations(keyLog)) : null;
  /** Connections that are still read for the profile: to the first hole. */
  const profiled = new Set<number>();
  const unprofile = (connection: number) => {
    if (profiled.delete(connection)) profiler?.close(connection);
  };
  const capture = readCapture(port, keyLog, {
    opened(connection, at) {
      books.open(connection, at / 1e6);
      if (profiler) profiled.add(connection);
    },
    chunk(chunk) {
      books.take(chunk);
      if (profiled.has(chunk.connection)) profiler?.take(chunk);
    },
    hole(connection, direction) {
      books.lose(connection, direction);
      unprofile(connection);
    },
    closed(connection, { refused, up, down, at }) {
      books.close(connection, { failed: refused, up, down, atMs: at / 1e6 });
      unprofile(connection);
    },
  });
  return {
    push: capture.push,
    end() {
      const { startedMs, durationNs, unknownLink, ending, seen, tcp, leftOut } = capture.end();
      const durationMs = durationNs / 1e6;
      const totals = {
        schemaVersion: 1 as const,
        kind: 'inspection' as const,
        target,
        startedAt: new Date(startedMs).toISOString(),
        durationMs,
        ...books.read(durationMs),
        ...(profiler && { profile: profiler.read() }),
        source: {
          kind: 'capture' as const,
          ...seen,
          ending,
          tcp,
          afterHoles: books.afterHoles(),
          leftOut: { ...leftOut, http2: 0 },
        },
        delay: null,
      };
      const inspection: Inspection = { ...totals, hints: hintsOf(totals) };
      return { seen: inspection, unknownLink };
    },
  };
}
