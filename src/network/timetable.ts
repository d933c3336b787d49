/**
 * When what enters an emulated line comes out of its far end:
 *
 *     leaves the queue = max(now, the line is free) + size · 8 / bandwidth
 *     comes out        = max(what went before, leaves the queue + delay + jitter)
 *
 * Not modelled: TCP/IP header bytes, slow start, acknowledgements. Where bandwidth is limited a chunk travels
 * as segments of one Ethernet payload, so the first message of a batch need not wait for the last. Waiting in
 * order behind a delayed segment makes the jitter of a dense stream lean towards its upper end, as TCP does.
 */
import { nanoseconds } from '../base/clock.ts';
import { randomStream } from '../base/schedule.ts';

/** Bytes, or one of TCP's signals: those keep their place among the bytes and take no time on the line. */
export type Item = Uint8Array | 'syn' | 'fin' | 'rst';

export interface Travel {
  readonly delayMs: number;
  /** `null`: bytes take no time on the line. */
  readonly bitsPerSecond: number | null;
  readonly jitterMs: number;
  readonly seed: number;
  /** Names the random stream: lines of one seed with different names are independent. */
  readonly name: string;
}

export interface Waiting {
  readonly item: Item;
  readonly bytes: number;
  dueNs: number;
}

export interface Timetable {
  /** Puts an item on the line, in segments where it is slow. */
  enter(nowNs: number, item: Item): Waiting[];
  /** After a break: what has gathered at the far end passes one after another, no faster than the bandwidth. */
  spread(nowNs: number, gathered: readonly Waiting[]): void;
}

/** The payload of a TCP segment on Ethernet (1500 less IPv4 and TCP headers): the unit of a slow line. */
export const segmentBytes = 1460;

export function timetable(travel: Travel): Timetable {
  const { bitsPerSecond } = travel;
  const delayNs = travel.delayMs * nanoseconds.perMs;
  const onLineNs = (bytes: number) =>
    bitsPerSecond ? (bytes * 8 * nanoseconds.perSecond) / bitsPerSecond : 0;
  const jitterNs = jitterOf(travel);
  let freeNs = 0;
  let lastDueNs = 0;
  return {
    enter: (nowNs, whole) =>
      segments(whole, bitsPerSecond).map((item) => {
        const bytes = typeof item === 'string' ? 0 : item.length;
        freeNs = Math.max(nowNs, freeNs) + onLineNs(bytes);
        lastDueNs = Math.max(lastDueNs, freeNs + delayNs + jitterNs(item));
        return { item, bytes, dueNs: lastDueNs };
      }),
    spread(nowNs, gathered) {
      let earliestNs = nowNs;
      for (const one of gathered) {
        one.dueNs = Math.max(one.dueNs, earliestNs + onLineNs(one.bytes));
        earliestNs = one.dueNs;
      }
      lastDueNs = Math.max(lastDueNs, earliestNs);
      freeNs = Math.max(freeNs, lastDueNs - delayNs);
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
function jitterOf({ jitterMs, seed, name }: Travel): (item: Item) => number {
  if (jitterMs === 0) return () => 0;
  let offset = 0;
  return (item) => {
    const place = `${name} ${typeof item === 'string' ? item : 'byte'} ${offset}`;
    if (typeof item !== 'string') offset += item.length;
    return randomStream(seed, place)() * jitterMs * nanoseconds.perMs;
  };
}
