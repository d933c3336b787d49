/** What lets a piece of a stream go that nothing follows: time, more bytes, or only the end. */
import { setTimeout as passed } from 'node:timers/promises';
import { eventBytes } from './facing-routes.ts';
import { type StreamPassage, usualSize } from './stream-passage.ts';
import { readStream, type StreamPiece } from './stream-reader.ts';
import { named, newName, type Sides } from './through-asking.ts';

/** What seemed to wait for bytes, or for the end, may wait for a time that is longer than the stream; or for more bytes. */
export async function probeWaiting(
  sides: Sides,
  stream: StreamPassage,
  patienceMs: number,
): Promise<StreamPassage> {
  if (stream.how !== 'buffered' && stream.how !== 'at the end') return stream;
  const { headMs, coding } = stream;
  const { eventMs } = await probeLone(sides, false, patienceMs);
  if (eventMs !== null) return { how: 'late', ms: eventMs, headMs, coding };
  if (stream.how === 'buffered') return stream;
  const bytes = await probeFlood(sides);
  return bytes === null ? stream : { how: 'buffered', bytes, headMs, coding };
}

export interface LonePassage {
  readonly headMs: number | null;
  /** How much later than it was written a lone event came that nothing follows; null where it did not. */
  readonly eventMs: number | null;
}

const loneWaitMs = 300;

/** An event that nothing follows: only time can let it go. And a head without anything, with and without a remedy. */
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

/** The commonest size of what comes at once of a flood; null where nothing came before the end. */
async function probeFlood({ front, server }: Sides): Promise<number | null> {
  const name = newName();
  const { deliveries } = await readStream(front, named('/flood', name));
  const [first] = deliveries;
  const isBeforeTheEnd = first !== undefined && first.atMs < (server.written(name).at(-1) ?? 0);
  return isBeforeTheEnd ? usualSize(gusts(deliveries)) : null;
}

/** The server pauses longer than that between its pieces only when it has to wait. */
const gustMs = 5;

/** What comes without a pause is one delivery, in however many reads. */
function gusts(deliveries: readonly StreamPiece[]): StreamPiece[] {
  const found: StreamPiece[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { atMs, bytes } of deliveries) {
    const last = found.at(-1);
    if (last && atMs - lastMs < gustMs)
      found[found.length - 1] = { atMs: last.atMs, bytes: last.bytes + bytes };
    else found.push({ atMs, bytes });
    lastMs = atMs;
  }
  return found;
}
