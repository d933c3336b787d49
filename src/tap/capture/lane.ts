/**
 * Reassembles one direction of a TCP connection (RFC 9293 §3.4): segments in any order, repeated, or cut differently
 * give the same bytes once. Sequence numbers wrap, so only their differences are compared.
 *
 * A segment waits for the bytes before it, and for those of the other side that it acknowledges, because its sender had
 * received them. So the bytes of both sides come out in a possible order, whatever order the packets have in the file.
 */

export interface SegmentData {
  sequence: number;
  bytes: Uint8Array;
  /** How far its sender had received; null without ACK. */
  acknowledged: number | null;
  at: number;
}

export interface Lane {
  /** Sequence number of the next byte; null before it is known. */
  next: number | null;
  /** The first number after the last byte, once a FIN has come. */
  fin: number | null;
  /** The highest number that the other side has acknowledged. */
  read: number | null;
  readonly waiting: SegmentData[];
  waitingBytes: number;
  delivered: number;
  /** Bytes that were captured again. */
  repeated: number;
  /** Bytes that were never captured, and in how many places. */
  missing: number;
  holes: number;
}

export const createLane = (): Lane => ({
  next: null,
  fin: null,
  read: null,
  waiting: [],
  waitingBytes: 0,
  delivered: 0,
  repeated: 0,
  missing: 0,
  holes: 0,
});

/** How far `a` is ahead of `b`. */
export const ahead = (a: number, b: number): number => (a - b) | 0;

export const later = (a: number | null, b: number): number => (a === null || ahead(b, a) > 0 ? b : a);

const after = (sequence: number, bytes: number): number => (sequence + bytes) >>> 0;

/** Keeps the new bytes of a segment. */
export function addTo(lane: Lane, { sequence, bytes, acknowledged, at }: SegmentData): void {
  lane.next ??= sequence;
  const known = Math.min(Math.max(ahead(lane.next, sequence), 0), bytes.length);
  lane.repeated += known;
  let from = after(sequence, known);
  let left = bytes.subarray(known);
  let index = 0;
  // The usual case: it belongs after all waiting segments.
  const last = lane.waiting.at(-1);
  if (last && ahead(from, after(last.sequence, last.bytes.length)) >= 0) index = lane.waiting.length;
  for (; left.length > 0; index++) {
    const other = lane.waiting[index];
    const room = other ? Math.max(ahead(other.sequence, from), 0) : left.length;
    if (room > 0) {
      const piece = Buffer.from(left.subarray(0, room));
      lane.waiting.splice(index++, 0, { sequence: from, bytes: piece, acknowledged, at });
      lane.waitingBytes += piece.length;
    }
    if (!other) return;
    const taken = Math.min(room, left.length);
    const covered = ahead(after(other.sequence, other.bytes.length), after(from, taken));
    const again = Math.min(Math.max(covered, 0), left.length - taken);
    lane.repeated += again;
    // The copy that was sent first acknowledges least, whichever was captured first.
    if (again > 0 && acknowledged !== null && ahead(other.acknowledged ?? acknowledged, acknowledged) > 0)
      other.acknowledged = acknowledged;
    from = after(from, taken + again);
    left = left.subarray(taken + again);
  }
}

/** Whether no bytes are missing before the first waiting segment. */
export const isInOrder = (lane: Lane): boolean =>
  lane.waiting[0] !== undefined && lane.waiting[0].sequence === lane.next;

/** Whether all bytes that the segment acknowledges have already been passed on. */
export function isHeard({ acknowledged }: SegmentData, other: Lane): boolean {
  if (acknowledged === null) return true;
  other.next ??= acknowledged;
  return ahead(acknowledged, other.next) <= 0;
}

/** Whether these bytes are the next ones, and no other segment waits. */
export const isNext = (lane: Lane, sequence: number): boolean =>
  lane.waiting.length === 0 && lane.next === sequence;

/** Counts bytes that were passed on without waiting. */
export function pass(lane: Lane, bytes: number): void {
  if (lane.next !== null) lane.next = after(lane.next, bytes);
  lane.delivered += bytes;
}

export function takeFrom(lane: Lane): SegmentData | undefined {
  const first = lane.waiting.shift();
  if (!first) return undefined;
  lane.next = after(first.sequence, first.bytes.length);
  lane.waitingBytes -= first.bytes.length;
  lane.delivered += first.bytes.length;
  return first;
}

/** Gives up on the bytes before this number, and counts them as missing. */
export function skipTo(lane: Lane, sequence: number): void {
  if (lane.next !== null) {
    lane.missing += ahead(sequence, lane.next);
    lane.holes++;
  }
  lane.next = sequence;
}

/** Steps over the FIN's own sequence number, which the other side acknowledges. */
export function finish(lane: Lane): boolean {
  if (lane.fin === null || lane.next !== lane.fin) return false;
  lane.next = after(lane.fin, 1);
  return true;
}

/**
 * Where the bytes end, according to the FIN or to the other side's acknowledgements; null if neither shows it. One
 * acknowledged number more than was seen may be that of a FIN, so it does not count.
 */
export function endOf({ fin, read, next }: Lane): number | null {
  if (fin !== null) return fin;
  return read !== null && next !== null && ahead(read, next) > 1 ? read : null;
}
