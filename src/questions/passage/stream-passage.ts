/** How an event stream comes through: event by event, late, in pieces, or only when it has ended. */
import { get, type IncomingMessage } from 'node:http';
import type { Address } from '../../target/target.ts';
import { eventBytes, eventsInAll, type FacingServer, loneEvents } from './facing-server.ts';

export type StreamPassage =
  | { readonly how: 'event by event'; readonly ms: number; readonly headMs: number }
  | { readonly how: 'late'; readonly ms: number; readonly headMs: number }
  | { readonly how: 'buffered'; readonly bytes: number; readonly headMs: number }
  | { readonly how: 'at the end'; readonly headMs: number }
  | { readonly how: 'broken'; readonly why: string };

interface Delivery {
  readonly atMs: number;
  readonly bytes: number;
}

/** Later than this is the proxy's doing, not a busy machine's. */
const lateMs = 60;
/** A head that comes with the first event was held for it. */
export const isHeadLate = ({ headMs }: { readonly headMs: number }): boolean => headMs > lateMs;

let streams = 0;

/** @param remedy the server says with its answer that it may not be buffered, and writes a comment at once. */
export async function probeStream(
  front: Address,
  server: FacingServer,
  remedy: boolean,
): Promise<StreamPassage> {
  const name = `stream${++streams}`;
  const askedMs = performance.now();
  const found = await read(front, `/events?name=${name}${remedy ? '&remedy' : ''}`);
  if (typeof found === 'string') return { how: 'broken', why: found };
  const headMs = found.headAtMs - askedMs;
  // Its first comment comes before the first event.
  return judgeStream({ ...found, headMs, written: server.written(name), offset: remedy ? commentBytes : 0 });
}

const commentBytes = 3;

export interface StreamSeen {
  readonly headMs: number;
  /** When each event was written, and what came when. */
  readonly written: readonly number[];
  readonly deliveries: readonly Delivery[];
  /** Bytes before the first event. */
  readonly offset: number;
}

/** What was seen of a stream, in words; knows no clock. */
export function judgeStream({ headMs, written, deliveries, offset }: StreamSeen): StreamPassage {
  const events = deliveries.filter(({ bytes }) => bytes >= eventBytes / 2);
  const lateness = latenessOf(deliveries, written, offset);
  const [first] = events;
  const [firstWritten = 0] = written;
  const lastWritten = written.at(-1) ?? 0;
  if (!first || lateness.length < eventsInAll)
    return { how: 'broken', why: `${lateness.length}/${eventsInAll}` };
  if (first.atMs > lastWritten + lateMs) return { how: 'at the end', headMs };
  const lone = median(lateness.slice(0, loneEvents));
  // What waits for bytes is not let go by time: a lone event then waits for the burst.
  const waits = (written[loneEvents] ?? 0) - firstWritten - lateMs;
  if ((lateness[0] ?? 0) > waits) return { how: 'buffered', bytes: usualSize(events), headMs };
  return { how: lone > lateMs ? 'late' : 'event by event', ms: lone, headMs };
}

/** How much later than it was written each event was there whole. */
function latenessOf(deliveries: readonly Delivery[], written: readonly number[], offset: number): number[] {
  const lateness: number[] = [];
  let arrived = -offset;
  for (const { atMs, bytes } of deliveries) {
    arrived += bytes;
    while (lateness.length < written.length && (lateness.length + 1) * eventBytes <= arrived)
      lateness.push(atMs - (written[lateness.length] ?? atMs));
  }
  return lateness;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The commonest size of a piece: that of the buffer, however the kernel has cut some of them. */
function usualSize(pieces: readonly Delivery[]): number {
  const counts = new Map<number, number>();
  for (const { bytes } of pieces) counts.set(bytes, (counts.get(bytes) ?? 0) + 1);
  const [size = 0, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return count > 1 ? size : (pieces[0]?.bytes ?? 0);
}

const patienceMs = 10_000;

const read = ({ host, port }: Address, path: string) =>
  new Promise<{ headAtMs: number; deliveries: Delivery[] } | string>((resolve) => {
    const request = get(
      { host, port, path, agent: false, timeout: patienceMs },
      (response: IncomingMessage) => {
        const headAtMs = performance.now();
        const deliveries: Delivery[] = [];
        response.on('data', (bytes: Buffer) => {
          deliveries.push({ atMs: performance.now(), bytes: bytes.length });
        });
        response.on('end', () =>
          resolve(response.statusCode === 200 ? { headAtMs, deliveries } : String(response.statusCode)),
        );
        response.on('error', ({ message }) => resolve(message));
      },
    );
    request.on('timeout', () => request.destroy(new Error(`nothing for ${patienceMs} ms`)));
    request.on('error', ({ message }) => resolve(message));
  });
