/** What makes a proxy pass on a piece of a stream that nothing follows: time, more bytes, or only the end. */
import { setTimeout as passed } from 'node:timers/promises';
import { eventBytes, lonePauseMs } from './facing-routes.ts';
import { gusts, type StreamPassage, usualSize } from './stream-passage.ts';
import { readStream } from './stream-reader.ts';
import { named, newName, type Sides } from './through-asking.ts';

/** What seemed to wait for bytes, or for the end, may wait for a time that is longer than the stream; or for more bytes. */
export async function probeWaiting(
  sides: Sides,
  stream: StreamPassage,
  patienceMs: number,
): Promise<StreamPassage> {
  // If it is later than this, an event may have waited for the next one.
  const mayWait = stream.how === 'late' && stream.ms > lonePauseMs / 2;
  if (stream.how !== 'buffered' && stream.how !== 'at the end' && !mayWait) return stream;
  const { headMs, coding } = stream;
  const { eventMs } = await probeLone(sides, false, patienceMs);
  const bytes = 'bytes' in stream ? stream.bytes : await probeFlood(sides);
  if (eventMs !== null)
    return mayWait ? stream : { how: 'late', ms: eventMs, bytes: bytes ?? 0, headMs, coding };
  return bytes === null ? stream : { how: 'buffered', bytes, headMs, coding };
}

export interface LonePassage {
  readonly headMs: number | null;
  /** How much later than it was written a lone event arrived that nothing follows; null if it did not. */
  readonly eventMs: number | null;
}

const loneWaitMs = 300;

/**
 * Probes an event that nothing follows: only time can make the proxy pass it on. And a head alone, with and without a
 * remedy.
 */
export async function probeLone(
  { front, server }: Sides,
  remedy: boolean,
  patienceMs: number,
): Promise<LonePassage> {
  const name = newName();
  const path = named(`/lone?wait=${loneWaitMs}${remedy ? '&remedy' : ''}`, name);
  const stop = new AbortController();
  const read = readStream(front, path, stop.signal);
  const isThere = () => read.soFar.deliveries.some(({ bytes }) => bytes >= eventBytes / 2);
  for (const end = performance.now() + patienceMs; performance.now() < end && !isThere(); ) await passed(5);
  const { headMs, deliveries, status } = read.soFar;
  stop.abort();
  await read;
  server.letGo(name);
  const came = deliveries.find(({ bytes }) => bytes >= eventBytes / 2);
  const [written] = server.written(name);
  const eventMs = came && written !== undefined ? came.atMs - written : null;
  return { headMs: status === null ? null : headMs, eventMs };
}

/** The server pauses for less between its pieces, unless it has to wait. */
const pauseMs = 5;

/** The commonest size of what comes at once of a flood; null where nothing came before the end. */
async function probeFlood({ front, server }: Sides): Promise<number | null> {
  const name = newName();
  const { deliveries } = await readStream(front, named('/flood', name));
  const [first] = deliveries;
  const isBeforeTheEnd = first !== undefined && first.atMs < (server.written(name).at(-1) ?? 0);
  return isBeforeTheEnd ? usualSize(gusts(deliveries, pauseMs)) : null;
}
