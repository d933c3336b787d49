/**
 * One direction of one connection over an emulated link: what goes in comes out later, never before its time
 * and never out of order. A pure function of the clock and the seed.
 *
 *     leaves the queue = max(now, the line is free) + size · 8 / bandwidth
 *     comes out        = max(what went before, leaves the queue + delay + jitter)
 *
 * Not modelled: TCP/IP header bytes, slow start, acknowledgements. Where bandwidth is limited a chunk travels
 * as segments of one Ethernet payload, so the first message of a batch need not wait for the last. Waiting in
 * order behind a delayed segment makes the jitter of a dense stream lean towards its upper end, as TCP does.
 */
import { type Clock, nanoseconds } from '../clock.ts';
import { randomStream } from '../schedule.ts';

/** Bytes, or one of TCP's signals: those keep their place among the bytes and take no time on the line. */
export type Item = Uint8Array | 'syn' | 'fin' | 'rst';

/** Why nothing comes out: an outage, or a receiver that does not read. */
export type Hold = 'stalled' | 'full';

export interface DelayLineOptions {
  readonly clock: Clock;
  readonly delayMs: number;
  readonly bitsPerSecond: number | null;
  readonly jitterMs: number;
  readonly seed: number;
  /** Names the random stream: lines of one seed with different names are independent. */
  readonly name: string;
  readonly deliver: (item: Item) => void;
  /** Backpressure: `false` when the line holds `lineBytes`, `true` when half of them have come out. */
  readonly room: (isRoom: boolean) => void;
}

export interface DelayLine {
  push(item: Item): void;
  /**
   * From now on nothing comes out. The break is at the far end of the line: bytes travel up to it and wait.
   * With two reasons to hold, both must be released.
   */
  hold(why: Hold): void;
  /** What waited comes out, after an outage no faster than the bandwidth. */
  release(why: Hold): void;
  /** Forgets what is on the line, and all that is pushed from now on. */
  drop(): void;
  /** Bytes that went in and have not come out. */
  readonly bytes: number;
}

/** More than this is not taken from a sender: about what two kernels' socket buffers would hold. */
export const lineBytes = 4 * 1024 * 1024;

/** The payload of a TCP segment on Ethernet (1500 less IPv4 and TCP headers): the unit of a slow line. */
export const segmentBytes = 1460;

interface Waiting {
  readonly item: Item;
  readonly bytes: number;
  dueNs: number;
}

export function delayLine(options: DelayLineOptions): DelayLine {
  const { clock, bitsPerSecond, deliver, room } = options;
  const delayNs = options.delayMs * nanoseconds.perMs;
  const onLineNs = (bytes: number) =>
    bitsPerSecond ? (bytes * 8 * nanoseconds.perSecond) / bitsPerSecond : 0;
  const jitterNs = jitterOf(options);
  const waiting: Waiting[] = [];
  const holds = new Set<Hold>();
  const state = { freeNs: 0, lastDueNs: 0, bytes: 0, crowded: false, dropped: false, delivering: false };
  let cancel: (() => void) | undefined;

  const enter = (item: Item) => {
    const bytes = typeof item === 'string' ? 0 : item.length;
    state.freeNs = Math.max(clock.now(), state.freeNs) + onLineNs(bytes);
    state.lastDueNs = Math.max(state.lastDueNs, state.freeNs + delayNs + jitterNs(item));
    state.bytes += bytes;
    waiting.push({ item, bytes, dueNs: state.lastDueNs });
  };

  /** Lets out what is due, and sets the one timer for what comes next. */
  const run = () => {
    if (state.delivering) return;
    state.delivering = true;
    cancel?.();
    cancel = undefined;
    for (
      let first = waiting[0];
      first && holds.size === 0 && first.dueNs <= clock.now();
      first = waiting[0]
    ) {
      waiting.shift();
      state.bytes -= first.bytes;
      deliver(first.item);
    }
    state.delivering = false;
    const next = waiting[0];
    if (next && holds.size === 0) cancel = clock.at(next.dueNs, run);
    announceRoom();
  };

  const announceRoom = () => {
    const crowded = state.bytes >= (state.crowded ? lineBytes / 2 : lineBytes);
    if (crowded === state.crowded) return;
    state.crowded = crowded;
    room(!crowded);
  };

  /** What gathered at the break passes it one after another, as fast as the line can carry it. */
  const spread = () => {
    let earliestNs = clock.now();
    for (const one of waiting) {
      one.dueNs = Math.max(one.dueNs, earliestNs + onLineNs(one.bytes));
      earliestNs = one.dueNs;
    }
    state.lastDueNs = Math.max(state.lastDueNs, earliestNs);
    state.freeNs = Math.max(state.freeNs, state.lastDueNs - delayNs);
  };

  return {
    push(item) {
      if (state.dropped) return;
      for (const segment of segments(item, bitsPerSecond)) enter(segment);
      // An idle line's timer is set already; a line without delay lets its bytes out at once.
      if (cancel === undefined) run();
      else announceRoom();
    },
    hold(why) {
      holds.add(why);
      cancel?.();
      cancel = undefined;
    },
    release(why) {
      if (!holds.delete(why)) return;
      if (why === 'stalled') spread();
      run();
    },
    drop() {
      state.dropped = true;
      state.bytes = 0;
      waiting.length = 0;
      cancel?.();
      cancel = undefined;
    },
    get bytes() {
      return state.bytes;
    },
  };
}

function segments(item: Item, bitsPerSecond: number | null): Item[] {
  if (typeof item === 'string' || bitsPerSecond === null || item.length <= segmentBytes) return [item];
  const pieces: Item[] = [];
  for (let at = 0; at < item.length; at += segmentBytes) pieces.push(item.subarray(at, at + segmentBytes));
  return pieces;
}

/**
 * A draw belongs to a place in the stream, not to a chunk: the kernel may cut the same bytes differently in the
 * next run, and whatever begins at byte 5,000 still gets the same jitter.
 */
function jitterOf({ jitterMs, seed, name }: DelayLineOptions): (item: Item) => number {
  if (jitterMs === 0) return () => 0;
  let offset = 0;
  return (item) => {
    const place = `${name} ${typeof item === 'string' ? item : 'byte'} ${offset}`;
    if (typeof item !== 'string') offset += item.length;
    return randomStream(seed, place)() * jitterMs * nanoseconds.perMs;
  };
}
