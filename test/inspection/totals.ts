/** Inspections made by hand: nothing has happened in them but what a test says. */
import type { Inspection } from '../../src/document/inspection.ts';

type Field = Inspection['fields'][number];

export const field = (
  layer: Field['layer'],
  name: string,
  direction: Field['direction'],
  count: number,
  bytes = count,
): Field => ({ layer, name, direction, phase: 'steady', count, bytes });

export const noFrames = { pings: 0, pongs: 0, afterClose: 0, messages: 0, continuations: 0 };

/** Of a relay that had no trouble. */
export const calm = {
  chunks: 0,
  p50Ns: null,
  p99Ns: null,
  loopP99Ms: 0,
  turnP99Ns: null,
  statedMs: 5,
  hop: null,
  slowReaders: { connections: 0, longestNs: 0 },
} satisfies NonNullable<Inspection['delay']>;

/** The wire is what the fields weigh, unless told. */
export function seen(part: Partial<Inspection> = {}): Inspection {
  const fields = part.fields ?? [];
  const bytesOf = (direction: 'up' | 'down') =>
    fields.filter((one) => one.direction === direction).reduce((sum, { bytes }) => sum + bytes, 0);
  const [up, down] = [bytesOf('up'), bytesOf('down')];
  const layers = fields.map(({ layer, direction, phase, count, bytes }) => ({
    layer,
    direction,
    phase,
    bytes,
    units: count,
  }));
  return {
    schemaVersion: 1,
    kind: 'inspection',
    target: 'http://127.0.0.1:3000',
    startedAt: '2026-11-25T00:00:00.000Z',
    durationMs: 1000,
    connections: 1,
    refused: 0,
    requests: 1,
    messages: { up: 0, down: 0 },
    compressedMessages: 0,
    polls: { made: 0, empty: 0 },
    engineIo: { polling: 0, upgrades: 0, answered: 0, version3: 0 },
    plainRequests: 0,
    singleRequests: 0,
    frames: noFrames,
    unfinishedEvents: 0,
    libraries: [],
    steadyMessages: [],
    heldStreams: [],
    beats: [],
    mqtt: { packets: 0, messages: 0, headBytes: 0 },
    packetWeights: { packets: 0, bytes: 0, plainBytes: 0 },
    deflatable: { bytes: 0, deflated: 0 },
    echoes: { connections: 0, sent: 0, returned: 0, bytes: 0 },
    slowBodies: { responses: 0, chunks: 0, ms: 0 },
    uncompressed: { bodies: 0, bytes: 0 },
    handshakes: { asked: 0, stripped: 0, refused: 0, offering: 0 },
    wire: { up, down, socketBytes: up + down, layers },
    fields,
    exchanges: [],
    delay: calm,
    hints: [],
    perConnection: [],
    unlisted: 0,
    ...part,
  };
}
