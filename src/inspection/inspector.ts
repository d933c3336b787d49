/**
 * A recording relay in front of one application: a client that connects to it reaches the application, unchanged, and
 * every byte is counted. Bytes are forwarded first; they are parsed when they have left, a turn of the event loop at a
 * time, so that parsing delays no chunk of its own, and parsed bytes are not kept.
 *
 * It knows no protocol: the accounts do.
 */
import type { Clock } from '../base/clock.ts';
import { watchResources } from '../base/resources.ts';
import type { Inspection } from '../document/inspection.ts';
import { loopback } from '../network/link.ts';
import { startRelay, type Watch } from '../network/relay.ts';
import { anyConversations } from '../protocols/detect.ts';
import type { Layer } from '../protocols/layers.ts';
import type { KeyLog } from '../protocols/tls/key-log.ts';
import type { Chunk } from '../tap/tape.ts';
import type { Dissect } from '../wire/conversation.ts';
import { createBooks } from './books.ts';
import { statedDelayMs, watchDelay } from './delay.ts';
import { hintsOf } from './hints.ts';
import { laterOf } from './later.ts';
import { createProfiler } from './profile.ts';

export interface InspectorOptions {
  /** Its name in the report. */
  readonly target: string;
  readonly host: string;
  readonly targetPort: number;
  /** The relay's port; 0 = a free one. */
  readonly port: number;
  readonly clock: Clock;
  /** Takes every chunk, in order. */
  readonly record?: (chunk: Chunk) => void;
  /** Whether to make a profile as well, to be compared with another inspection. */
  readonly isProfiled?: boolean;
  /** TLS secrets of the clients that connect. */
  readonly keyLog?: KeyLog | undefined;
  /** Parses the connections; a test passes one that fails. */
  readonly dissect?: Dissect<Layer>;
}

export interface Inspector extends AsyncDisposable {
  readonly port: number;
  /** How many connections are open now. */
  readonly open: number;
  /** What has been seen so far. */
  look(): Inspection;
  /** Ends every connection and says what was seen. */
  end(): Promise<Inspection>;
}

/** Starts to listen on 127.0.0.1. Rejects with the system's error when it cannot. */
export async function startInspector(options: InspectorOptions): Promise<Inspector> {
  const { clock, target, host, targetPort, port } = options;
  const recording = recordingOf(options);
  const resources = watchResources();
  const startedAt = new Date().toISOString();
  const relay = await startRelay(
    { targetHost: host, targetPort, port, link: loopback, seed: 0 },
    clock,
    recording.watch,
  ).catch((error) => {
    resources[Symbol.dispose]();
    throw error;
  });
  const look = (): Inspection => {
    const { delay, ...sums } = recording.read();
    const totals = {
      schemaVersion: 1 as const,
      kind: 'inspection' as const,
      target,
      startedAt,
      ...sums,
      delay: {
        ...delay,
        hop: null,
        loopP99Ms: resources.read().loopDelayP99Ms,
        statedMs: statedDelayMs,
      },
    };
    return { ...totals, hints: hintsOf(totals) };
  };
  const stop = async () => {
    await relay[Symbol.asyncDispose]();
    resources[Symbol.dispose]();
  };
  return {
    port: relay.port,
    get open() {
      return recording.open();
    },
    look,
    async end() {
      await stop();
      return look();
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** Watches every connection: its bytes go to the books, its times to the delays. */
function recordingOf({
  clock,
  record,
  isProfiled,
  keyLog,
  dissect = anyConversations(keyLog),
}: InspectorOptions) {
  const startedNs = clock.now();
  const sinceMs = () => (clock.now() - startedNs) / 1e6;
  const delay = watchDelay(clock);
  const books = createBooks(dissect);
  const profiler = isProfiled ? createProfiler(anyConversations(keyLog)) : null;
  const later = laterOf(clock.now, (chunk) => {
    record?.(chunk);
    books.take(chunk);
    profiler?.take(chunk);
  });
  let open = 0;
  const watch: Watch = (connection) => {
    open++;
    const passage = delay.connection();
    books.open(connection, sinceMs());
    return {
      entered(direction, bytes) {
        const at = clock.now();
        passage.entered(direction, at);
        later.add({ at: at - startedNs, connection, direction, phase: 'steady', bytes });
      },
      left: passage.left,
      waits: passage.waits,
      closed(how) {
        open--;
        later.run();
        books.close(connection, { ...how, atMs: sinceMs() });
        profiler?.close(connection);
      },
    };
  };
  const read = () => {
    later.run();
    const durationMs = sinceMs();
    return {
      durationMs,
      ...books.read(durationMs),
      delay: { ...delay.read(), turnP99Ns: later.turnP99Ns() },
      ...(profiler && { profile: profiler.read() }),
    };
  };
  return { watch, read, open: () => open };
}
