/**
 * Streams whose events come several at a time, with pauses between: a proxy or a buffer holds them back, or the
 * server wrote them like that. The relay cannot see the server write, so three signs are told apart. *timed*: the
 * events carry the time they were made, and those that came together were made apart. *buffered*: each burst is a
 * full buffer, to the byte, wherever events end. *chunked*: each event has a chunk of its own, so it was written by
 * itself; whether at the same moment as the others is not known.
 */
import type { Layer } from '../protocols/layers.ts';
import { exchangeEnd, type Message } from '../wire/message.ts';
import type { Span } from '../wire/span.ts';
import { watchMaking } from './making.ts';
import type { SaidMessage } from './said.ts';
import { sumsOf } from './sums.ts';

/** See `heldStreams` in the inspection's document. */
export interface Held {
  readonly sign: 'timed' | 'buffered' | 'chunked';
  readonly streams: number;
  readonly bursts: number;
  readonly events: number;
  readonly bytes: number;
  readonly pausesMs: number;
  readonly lateMs: number;
}

/** Segments that come within this time of one another are one burst. */
const togetherNs = 5e6;
/** Pauses shorter than those of delayed acknowledgements (40 ms) are no sign of corking. */
const leastPauseNs = 35e6;
const leastBursts = 5;
/** Fewer bursts show a full buffer: by chance only one burst in 4,096 would end on its size. */
const leastBuffers = 3;
/** Share of all bursts that have to show the sign. */
const most = 0.8;
const bufferBytes = 4096;
/** Ratio to the pauses: the first and last event of a burst were made one pause apart, less one event's interval. */
const leastApart = 0.25;
const mostApart = 1.1;
/** Bytes that one read returns at most: a longer burst may have waited for this program itself. */
const readBytes = 64 * 1024;

export function watchHeldStreams() {
  let past: readonly Held[] = [];
  let stream: ReturnType<typeof watchStream> | null = null;
  const streamOf = (response: Message) => {
    if (stream?.response === response) return stream;
    if (stream) past = sumHeld([...past, ...stream.read()]);
    stream = watchStream(response);
    return stream;
  };
  return {
    /** Bytes of the answers have arrived; their spans follow by `tell`. */
    arrived(bytes: number, atNs: number) {
      stream?.arrived(bytes, atNs);
    },
    tell(span: Span<Layer>, atNs: number) {
      const { layer, message } = span;
      if (message.direction === 'up' || layer === 'http') return;
      const response = exchangeEnd(message);
      if (response && (isEvent(message) || stream?.response === response))
        streamOf(response).tell(span, atNs);
    },
    said(message: SaidMessage) {
      if (stream && exchangeEnd(message.carrier) === stream.response) stream.said(message);
    },
    read: () => sumHeld([...past, ...(stream?.read() ?? [])]),
  };
}

const isEvent = ({ kind }: Message): boolean => kind === 'event' || kind === 'line';

interface Burst {
  readonly pauseNs: number;
  lastNs: number;
  events: number;
  /** Without the framing of chunks. */
  bytes: number;
  /** A chunk has several events, or there are no chunks. */
  isWrittenTogether: boolean;
}

/** Sums over the bursts of a stream; `chunked` and what follows it, only over bursts of several events. */
const nothingSeen = () => ({
  bursts: 0,
  shortestNs: Number.POSITIVE_INFINITY,
  buffers: 0,
  several: 0,
  chunked: 0,
  events: 0,
  bytes: 0,
  pausesNs: 0,
  lateNs: 0,
});

/** @param made when the events were made, as far as they say so. */
function signOf(
  { bursts, several, chunked, buffers, shortestNs, pausesNs }: ReturnType<typeof nothingSeen>,
  made: ReturnType<ReturnType<typeof watchMaking>['read']>,
): Held['sign'] | null {
  if (several === 0 || several < most * bursts || shortestNs < leastPauseNs) return null;
  if (buffers >= leastBuffers && buffers >= most * bursts) return 'buffered';
  if (bursts < leastBursts) return null;
  // Times farther apart than the pauses do not say when the events were made.
  const apart = (made.apartMs * 1e6 * several) / pausesNs;
  if (made.bursts >= several && apart <= mostApart) return apart >= leastApart ? 'timed' : null;
  return chunked >= most * bursts ? 'chunked' : null;
}

function watchStream(response: Message) {
  /** Leaves out the first burst: servers often begin with the events from before. */
  const seen = nothingSeen();
  const making = watchMaking(togetherNs);
  let burst: Burst | null = null;
  let firstEndsNs = Number.POSITIVE_INFINITY;
  let inChunk = 0;
  const end = () => {
    if (!burst || burst.events === 0) return;
    const { events, bytes, pauseNs, isWrittenTogether } = burst;
    seen.bursts++;
    seen.shortestNs = Math.min(seen.shortestNs, pauseNs);
    if (bytes > 0 && bytes % bufferBytes === 0) seen.buffers++;
    if (events < 2 || bytes >= readBytes) return;
    seen.several++;
    if (!isWrittenTogether) seen.chunked++;
    seen.events += events;
    seen.bytes += bytes;
    seen.pausesNs += pauseNs;
    seen.lateNs += (pauseNs * (events - 1)) / events;
  };
  const burstAt = (atNs: number): Burst => {
    if (burst && atNs - burst.lastNs <= togetherNs) return burst;
    const pauseNs = burst ? atNs - burst.lastNs : 0;
    if (burst && firstEndsNs < Number.POSITIVE_INFINITY) end();
    else if (burst) firstEndsNs = burst.lastNs;
    burst = { pauseNs, lastNs: atNs, events: 0, bytes: 0, isWrittenTogether: false };
    return burst;
  };
  return {
    response,
    arrived(bytes: number, atNs: number) {
      const now = burstAt(atNs);
      now.lastNs = atNs;
      now.bytes += bytes;
    },
    tell({ message, layer, length, mark }: Span<Layer>, atNs: number) {
      const now = burstAt(atNs);
      if (layer === 'chunk') {
        // A chunk's end may come only with the next burst: each burst then loses its own and gains that of another.
        now.bytes -= length;
        if (mark === 'unit') inChunk = 0;
        return;
      }
      if (layer !== 'payload' || mark !== 'unit' || !isEvent(message)) return;
      now.events++;
      if (++inChunk > 1) now.isWrittenTogether = true;
    },
    said(message: SaidMessage) {
      making.said(message, message.atNs > firstEndsNs);
    },
    read(): Held[] {
      const made = making.read();
      const sign = signOf(seen, made);
      if (sign === null) return [];
      const { several: bursts, events, bytes, pausesNs, lateNs } = seen;
      const lateMs = sign === 'timed' ? made.apartMs * bursts : lateNs / 1e6;
      return [{ sign, streams: 1, bursts, events, bytes, pausesMs: pausesNs / 1e6, lateMs }];
    },
  };
}

const figures = ['streams', 'bursts', 'events', 'bytes', 'pausesMs', 'lateMs'] as const;

/** One sum for each sign. */
export function sumHeld(all: readonly Held[]): Held[] {
  const sums = new Map<Held['sign'], Held>();
  for (const one of all) {
    const before = sums.get(one.sign);
    const both = before ? [before, one] : [one];
    sums.set(one.sign, { sign: one.sign, ...sumsOf(figures, both) });
  }
  return [...sums.values()];
}
