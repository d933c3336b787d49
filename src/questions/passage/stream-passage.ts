/** How an event stream comes through: event by event, late, in pieces, slowly, or only when it has ended. */

import { commentText, eventBytes, eventsInAll, loneEvents } from './facing-routes.ts';
import { readStream, type StreamPiece, type StreamRead } from './stream-reader.ts';
import { isLimited, named, newName, type Sides, unlimited } from './through-asking.ts';

interface Come {
  readonly headMs: number;
  /** How its bytes were coded for a client that takes gzip, as browsers do; null where they were not. */
  readonly coding: string | null;
}

export type StreamPassage =
  /** `bytes`: of a piece, before it was coded. */
  | ({ readonly how: 'event by event' | 'late'; readonly ms: number; readonly bytes: number } & Come)
  | ({ readonly how: 'buffered'; readonly bytes: number } & Come)
  | ({ readonly how: 'slow'; readonly bytesPerSecond: number } & Come)
  | ({ readonly how: 'at the end' } & Come)
  | { readonly how: 'cut'; readonly ms: number; readonly events: number }
  /** The proxy answered by itself, or the server's own answer became another. */
  | { readonly how: 'answered'; readonly status: number; readonly by: 'server' | 'proxy' }
  | { readonly how: 'nothing' };

/** A delay longer than this is the proxy's doing, not a busy machine's. */
const lateMs = 60;
/** A burst that is late by this much is passed on at a limited rate. */
const slowMs = 700;
/** A head that comes with the first event was held for it. */
export const isHeadLate = ({ headMs }: { readonly headMs: number }): boolean => headMs > lateMs;

/** @param remedy the server says with its answer that it may not be buffered, and writes a comment at once. */
export const probeStream = (sides: Sides, remedy: boolean): Promise<StreamPassage> =>
  unlimited(
    () => askedStream(sides, remedy),
    (found) => found.how === 'answered' && isLimited(found),
  );

async function askedStream({ front, server }: Sides, remedy: boolean): Promise<StreamPassage> {
  const name = newName();
  const path = named(remedy ? '/events?remedy' : '/events', name);
  const found = await readStream(front, path);
  const by = server.asked(name) > 0 ? 'server' : 'proxy';
  if (found.status === null) return { how: 'nothing' };
  if (by === 'proxy' || found.status !== 200) return { how: 'answered', status: found.status, by };
  // Its first comment comes before the first event.
  const offset = remedy ? commentText.length : 0;
  return judgeStream({ ...found, written: server.written(name), offset });
}

export interface StreamSeen extends Omit<StreamRead, 'status'> {
  /** When each event was written, and what came when. */
  readonly written: readonly number[];
  /** Bytes before the first event. */
  readonly offset: number;
}

/** What was seen of a stream, in words; knows no clock. */
export function judgeStream({
  headMs,
  coding,
  written,
  deliveries,
  offset,
  endMs,
  isStopped,
}: StreamSeen): StreamPassage {
  const come = { headMs, coding };
  const events = deliveries.filter(({ bytes }) => bytes >= eventBytes / 2);
  const lateness = latenessOf(deliveries, written, offset);
  const [first] = events;
  const [firstWritten = 0] = written;
  const lastWritten = written.at(-1) ?? 0;
  if (first && isStopped) return { how: 'slow', bytesPerSecond: pace(deliveries), ...come };
  if (!first || lateness.length < eventsInAll) return { how: 'cut', ms: endMs, events: lateness.length };
  if (first.atMs > lastWritten + lateMs) return { how: 'at the end', ...come };
  const lone = median(lateness.slice(0, loneEvents));
  // A proxy that waits for bytes does not pass on a lone event after a time: the event then waits for the burst.
  const waits = (written[loneEvents] ?? 0) - firstWritten - lateMs;
  const bytes = coding === null ? usualSize(events) : codedSize(deliveries);
  if ((lateness[0] ?? 0) > waits) return { how: 'buffered', bytes, ...come };
  if ((lateness.at(-1) ?? 0) > lone + slowMs)
    return { how: 'slow', bytesPerSecond: pace(deliveries), ...come };
  return { how: lone > lateMs ? 'late' : 'event by event', ms: lone, bytes, ...come };
}

/** How much later than it was written each event was there whole. */
function latenessOf(
  deliveries: readonly StreamPiece[],
  written: readonly number[],
  offset: number,
): number[] {
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

/** Of the later half: a proxy that limits the rate may let the first half go quickly. */
function pace(deliveries: readonly StreamPiece[]): number {
  const later = deliveries.slice(Math.floor(deliveries.length / 2));
  const seconds = ((later.at(-1)?.atMs ?? 0) - (later[0]?.atMs ?? 0)) / 1000;
  const bytes = later.slice(1).reduce((sum, one) => sum + one.bytes, 0);
  return seconds > 0 ? bytes / seconds : 0;
}

/** The commonest size of a piece: that of the buffer, even if the kernel has cut some of the pieces. */
export function usualSize(pieces: readonly StreamPiece[]): number {
  const counts = new Map<number, number>();
  for (const { bytes } of pieces) counts.set(bytes, (counts.get(bytes) ?? 0) + 1);
  const [size = 0, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return count > 1 ? size : (pieces[0]?.bytes ?? 0);
}

/** Pieces without a pause between them are one delivery, in however many reads. */
export function gusts(deliveries: readonly StreamPiece[], pauseMs: number): StreamPiece[] {
  const found: StreamPiece[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, bytes } of deliveries) {
    const last = found.at(-1);
    if (last && atMs - lastMs < pauseMs)
      found[found.length - 1] = { atMs: last.atMs, bytes: last.bytes + bytes };
    else found.push({ atMs, bytes });
    lastMs = atMs;
  }
  return found;
}

/** A decoder passes on one delivery in pieces of its own, and compressed pieces differ in size. */
function codedSize(deliveries: readonly StreamPiece[]): number {
  const sizes = gusts(deliveries, 1).map(({ bytes }) => bytes);
  return median(sizes.filter((size) => size >= eventBytes / 2));
}
