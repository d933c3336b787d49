/**
 * Streams whose events come several at a time, with pauses between: somebody holds them back, or they were written like that.
 * Who looks on cannot see the writing, so three signs are told apart. *timed*: the events say when they were made, and those
 * that came together were made apart. *buffered*: what comes at a time is a full buffer, to the byte, wherever events end.
 * *chunked*: each event has a chunk of its own, so it was written by itself; whether at once with the others, nobody knows.
 */
import type { Layer } from '../protocols/layers.ts';
import { exchangeEnd, type Message } from '../wire/message.ts';
import type { Span } from '../wire/span.ts';
import { watchMaking } from './making.ts';
import type { SaidMessage } from './said.ts';
import { sumsOf } from './sums.ts';

/** See the document. */
export interface Held {
  readonly sign: 'timed' | 'buffered' | 'chunked';
  readonly streams: number;
  readonly bursts: number;
  readonly events: number;
  readonly bytes: number;
  readonly pausesMs: number;
  readonly lateMs: number;
}

/** Segments that come one right after the other are one burst. */
const togetherNs = 5e6;
/** Shorter pauses than delayed acknowledgements make (40 ms) are nobody's corking. */
const leastPauseNs = 35e6;
const leastBursts = 5;
/** A full buffer is known at once: by chance one burst of 4,096 would look like it. */
const leastBuffers = 3;
/** Of all bursts. */
const most = 0.8;
const bufferBytes = 4096;
/** Of the pauses: what was made one by one is as far apart as they are, less a step. */
const leastApart = 0.25;
const mostApart = 1.1;
/** So much is read at a time: a longer burst may have waited for this very program. */
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
    /** Bytes of the answers have been read, and are told next. */
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

function watchStream(response: Message) {
  /** After the first: whoever comes is often told at once what there was before. */
  const seen = { bursts: 0, several: 0, chunked: 0, buffers: 0, events: 0, bytes: 0, pausesNs: 0, lateNs: 0 };
  let shortestNs = Number.POSITIVE_INFINITY;
  const making = watchMaking(togetherNs);
  let burst: Burst | null = null;
  let firstEndsNs = Number.POSITIVE_INFINITY;
  let inChunk = 0;
  const end = () => {
    if (!burst || burst.events === 0) return;
    const { events, bytes, pauseNs, isWrittenTogether } = burst;
    seen.bursts++;
    shortestNs = Math.min(shortestNs, pauseNs);
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
  const signOf = (): Held['sign'] | null => {
    const { bursts, several, chunked, buffers } = seen;
    if (several === 0 || several < most * bursts || shortestNs < leastPauseNs) return null;
    if (buffers >= leastBuffers && buffers >= most * bursts) return 'buffered';
    if (bursts < leastBursts) return null;
    const { bursts: saying, apartMs } = making.read();
    // Times that are farther apart than the pauses are not those of the making.
    const apart = (apartMs * 1e6 * several) / seen.pausesNs;
    if (saying >= several && apart <= mostApart) return apart >= leastApart ? 'timed' : null;
    return chunked >= most * bursts ? 'chunked' : null;
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
        // An end that is told late is the end of the burst before, which left one of its own to the next.
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
      const sign = signOf();
      if (sign === null) return [];
      const { several: bursts, events, bytes, pausesNs, lateNs } = seen;
      const lateMs = sign === 'timed' ? making.read().apartMs * bursts : lateNs / 1e6;
      return [{ sign, streams: 1, bursts, events, bytes, pausesMs: pausesNs / 1e6, lateMs }];
    },
  };
}

const figures = ['streams', 'bursts', 'events', 'bytes', 'pausesMs', 'lateMs'] as const;

/** One for each sign. */
export function sumHeld(all: readonly Held[]): Held[] {
  const sums = new Map<Held['sign'], Held>();
  for (const one of all) {
    const before = sums.get(one.sign);
    const both = before ? [before, one] : [one];
    sums.set(one.sign, { sign: one.sign, ...sumsOf(figures, both) });
  }
  return [...sums.values()];
}
