/**
 * Reassembles both directions of a TCP connection: what each side sent, in a possible order. If the two sides wait for
 * each other, or for bytes that do not come, the segment that was captured first goes on.
 */
import {
  addTo,
  ahead,
  createLane,
  endOf,
  finish,
  isHeard,
  isInOrder,
  isNext,
  type Lane,
  pass,
  type SegmentData,
  skipTo,
  takeFrom,
} from './lane.ts';
import { other, type Side } from './telling.ts';

/** @param hear called with the next bytes of a side; null where some are missing. */
export function createDialogue(hear: (side: Side, at: number, bytes: Uint8Array | null) => void) {
  const lanes: readonly [Lane, Lane] = [createLane(), createLane()];

  const take = (side: Side) => {
    const taken = takeFrom(lanes[side]);
    if (taken) hear(side, taken.at, taken.bytes);
  };
  /** Calls `hear` for all bytes that need not wait any longer. */
  const pump = () => {
    for (let moved = true; moved; ) {
      moved = false;
      for (const side of [0, 1] as const) {
        const [lane, peer] = [lanes[side], lanes[other(side)]];
        while (lane.waiting[0] && isInOrder(lane) && isHeard(lane.waiting[0], peer)) {
          take(side);
          moved = true;
        }
        moved = finish(lane) || moved;
      }
      const [a, b] = [lanes[0].waiting[0], lanes[1].waiting[0]];
      if (moved || !a || !b || !isInOrder(lanes[0]) || !isInOrder(lanes[1])) continue;
      take(a.at <= b.at ? 0 : 1);
      moved = true;
    }
  };
  /** Gives up on missing bytes: the earliest segment that waits for them goes on. */
  const giveWay = () => {
    const at = (lane: Lane) => lane.waiting[0]?.at ?? Number.POSITIVE_INFINITY;
    const side: Side = at(lanes[0]) <= at(lanes[1]) ? 0 : 1;
    const first = lanes[side].waiting[0];
    if (!first) return;
    if (!isInOrder(lanes[side])) {
      skipTo(lanes[side], first.sequence);
      hear(side, first.at, null);
    } else if (first.acknowledged !== null) {
      const peer = lanes[other(side)];
      const next = peer.waiting[0];
      const isFirst = next !== undefined && ahead(first.acknowledged, next.sequence) > 0;
      skipTo(peer, isFirst ? next.sequence : first.acknowledged);
      hear(other(side), first.at, null);
    }
    pump();
  };

  return {
    lanes,
    add(side: Side, data: SegmentData) {
      const [lane, peer] = [lanes[side], lanes[other(side)]];
      // The usual case: the segment is in order and need not wait.
      if (isNext(lane, data.sequence) && isHeard(data, peer)) {
        pass(lane, data.bytes.length);
        hear(side, data.at, Buffer.from(data.bytes));
      } else addTo(lane, data);
    },
    pump,
    giveWay,
    /** No more segments will come. */
    flush(at: number) {
      pump();
      while (lanes.some((lane) => lane.waiting.length > 0)) giveWay();
      // Missing bytes at the end: the other side has acknowledged them, or the FIN comes after them.
      for (const side of [0, 1] as const) {
        const lane = lanes[side];
        const last = endOf(lane);
        if (last === null || lane.next === null || ahead(last, lane.next) <= 0) continue;
        skipTo(lane, last);
        hear(side, at, null);
      }
    },
    waitingBytes: () => lanes[0].waitingBytes + lanes[1].waitingBytes,
  };
}
