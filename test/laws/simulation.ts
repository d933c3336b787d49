/**
 * The smallest worlds in which the laws must show themselves: seeded arrivals, a poll grid, a long-polling loop,
 * a single server. They are written from the description of each mechanism and import no law. Milliseconds.
 */

export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Kind = 'poisson' | 'periodic' | 'jittered';

/** `count` event times with mean distance `period`, sorted. */
export function arrivals(kind: Kind, period: number, count: number, random: () => number): number[] {
  const times: number[] = [];
  const phase = random();
  for (let k = 0, at = 0; k < count; k++) {
    at += -Math.log(1 - random()) * period;
    times.push(kind === 'poisson' ? at : (k + (kind === 'periodic' ? phase : random())) * period);
  }
  return times;
}

export const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

export const sd = (values: readonly number[]) => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((x) => (x - centre) ** 2)));
};

/** What a reader that looks into the mailbox at `reads` (sorted) finds: waits of the events, and counts. */
export function readMailbox(events: readonly number[], reads: readonly number[]) {
  const waits: number[] = [];
  const found: number[] = [];
  let next = 0;
  for (const read of reads) {
    const before = next;
    for (let event = events[next]; event !== undefined && event <= read; event = events[++next])
      waits.push(read - event);
    found.push(next - before);
  }
  return { waits, found };
}

/** Ages and messages per response of long polling: one request outstanding, blind for `blind` after a response. */
export function longPoll(events: readonly number[], blind: number, down: number) {
  const ages: number[] = [];
  const perResponse: number[] = [];
  let parkedAt = 0;
  for (let next = 0; next < events.length; ) {
    const responseAt = Math.max(parkedAt, events[next]!);
    const before = next;
    for (; next < events.length && events[next]! <= responseAt; next++)
      ages.push(responseAt - events[next]! + down);
    perResponse.push(next - before);
    parkedAt = responseAt + blind;
  }
  return { ages, perResponse };
}

/** Delays of jobs that a single server takes in order, `cost` each. */
export function queue(due: readonly number[], cost: number): number[] {
  let freeAt = 0;
  return due.map((at) => {
    freeAt = Math.max(freeAt, at) + cost;
    return freeAt - at;
  });
}
