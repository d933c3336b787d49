/**
 * A specimen: one conversation of a transport, recorded to be shown rather than weighed. The same script as the gate's,
 * but on the real clock, so that all its times are measured: connect, a message each way, an empty poll or a heartbeat,
 * close.
 */
import type { HeadsByKind } from '../document/browser-side.ts';
import type { Payload } from '../protocols/contract.ts';
import type { Over } from '../protocols/over.ts';
import { serverOf } from '../servers/index.ts';
import type { RecordedSpan } from '../tap/spans.ts';
import type { Transport } from '../transports/transport.ts';
import { converse, type Script } from './scripted-conversation.ts';

/** The steps; `poll` finds nothing, `held-poll` is a long poll whose hold time ends. */
export type SpecimenStep = 'connect' | 'message' | 'poll' | 'held-poll' | 'heartbeat' | 'close';

export interface Specimen {
  readonly transport: string;
  readonly over: Over;
  readonly steps: readonly SpecimenStep[];
  /** `at`: nanoseconds since the client first dialled; `step`: index into `steps`. */
  readonly spans: readonly (RecordedSpan & { readonly step: number })[];
  readonly connections: readonly SpecimenConnection[];
}

export interface SpecimenConnection {
  readonly connection: number;
  readonly step: number;
  /** Nanoseconds since the first connection was dialled. */
  readonly dialledAt: number;
  /** What Node's own socket counted. */
  readonly bytesWritten: number;
  readonly bytesRead: number;
}

export interface SpecimenOptions {
  readonly message: Payload;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent besides those, by kind of request. */
  readonly heads?: HeadsByKind | undefined;
  readonly over?: Over | undefined;
}

/** Hold time of a poll, interval of heartbeats and of polls: with seconds a class would have to wait too long. */
export const waitMs = 500;

export async function recordSpecimen(transport: Transport, options: SpecimenOptions): Promise<Specimen> {
  const { over = 'http' } = options;
  const steps = stepsOf(transport);
  const { spans, dialer, dialledIn, times } = await converse(
    {
      transport,
      server: await serverOf(transport.server),
      message: options.message,
      inRealTime: true,
      over,
      serverOptions: { holdMs: waitMs, heartbeatMs: waitMs },
      connectOptions: {
        pollIntervalMs: waitMs,
        holdMs: waitMs,
        headers: options.headers,
        heads: options.heads,
        binary: typeof options.message !== 'string',
      },
    },
    steps.map(([, step]) => step),
  );
  const origin = times.dialledAt.get(0) ?? 0;
  return {
    transport: transport.name,
    over,
    steps: ['connect', ...steps.map(([name]) => name), 'close'],
    spans: spans.map(({ at: step, ...span }) => ({
      ...span,
      step,
      at: (times.chunksAt[span.chunk] ?? origin) - origin,
    })),
    connections: dialer.dialled.map(({ connection, socket }) => ({
      connection,
      step: dialledIn.get(connection) ?? 0,
      dialledAt: (times.dialledAt.get(connection) ?? origin) - origin,
      bytesWritten: socket.bytesWritten,
      bytesRead: socket.bytesRead,
    })),
  };
}

/** The steps between connecting and closing. */
function stepsOf({ traits }: Transport): [SpecimenStep, (script: Script) => Promise<void>][] {
  const steps: [SpecimenStep, boolean, (script: Script) => Promise<void>][] = [
    ['message', true, (script) => script.say()],
    ['poll', traits.polls, (script) => script.poll()],
    ['held-poll', traits.parks && traits.replays, (script) => script.chunks(1)],
    ['heartbeat', traits.heartbeats, (script) => script.chunks(1)],
  ];
  return steps.filter(([, has]) => has).map(([name, , step]) => [name, step]);
}
