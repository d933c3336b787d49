/**
 * The delivery book of one phase: what was sent, to how many clients, and what became of each copy. Every copy is
 * delivered once, failed by kind, or lost; duplicates and reordering are counted separately.
 */
import { createHearing } from './hearing.ts';
import { createSamples, type Samples } from './samples.ts';
import { createUnderway, type Underway, type UnderwayMessage } from './underway.ts';

export interface SentMessage {
  /** Who sent it: a client's number, or 0 for the server. */
  readonly sender: number;
  readonly sequence: number;
  /** When it was due, and when it was sent; null if that is reported later: see `left`. */
  readonly dueNs: number;
  readonly sentNs: number | null;
  /** How many clients must receive it. */
  readonly receivers: number;
}

export interface Delivery {
  sent: number;
  delivered: number;
  lost: number;
  duplicated: number;
  reordered: number;
  errors: Record<string, number>;
}

export interface Book {
  sent(message: SentMessage): void;
  /** A message was sent this long after it was due. */
  left(lateNs: number): void;
  /** A copy arrived. May be called before `sent`, if the sender reports its due times afterwards. */
  arrived(receiver: number, sender: number, sequence: number, atNs: number): void;
  /** The transport reported a failure: copies of this message that have not arrived will not arrive. */
  failed(sender: number, sequence: number, kind: string): void;
  /** An error that belongs to no message. */
  error(kind: string): void;
  /** Copies still expected. */
  outstanding(): number;
  /** Copies still expected by the other receivers: without those set apart. */
  outstandingBesides(): number;
  /** Called whenever the last outstanding copy has arrived or failed. */
  onComplete: () => void;
  /** Copies handled before they were due: impossible, unless the clocks of two processes disagree. */
  handledBeforeDue(): number;
  /** Due times or arrival times come from another clock, and may be off by this much (ns). */
  dueMayBeOff(byNs: number): void;
  readonly latency: Samples;
  /** From now on the copies that this receiver gets are timed separately, in `apart`. */
  setApart(receiver: number): void;
  /** Called for each expected copy that arrives, with its age (ns). One listener: setting it replaces the previous. */
  onCopy: (receiver: number, sender: number, ageNs: number) => void;
  /** The latency of receivers set apart, whose copies count neither in `latency` nor in `first` and `last`. */
  readonly apart: Samples;
  /** From the due time to the first and to the last of several receivers. */
  readonly first: Samples;
  readonly last: Samples;
  readonly lateness: Samples;
  /** The final counts: copies still outstanding are lost. */
  delivery(): Delivery;
}

export function createBook(): Book {
  const times = createTimes();
  const hearing = createHearing();
  /** By sender. */
  const underway: Underway[] = [];
  const early: { receiver: number; sender: number; sequence: number; atNs: number }[] = [];
  const apart = new Set<number>();
  const errors: Record<string, number> = {};
  let outstanding = 0;
  let besides = 0;
  let sent = 0;
  let delivered = 0;

  /** Whether the copy was expected. */
  const settle = (receiver: number, sender: number, sequence: number, atNs: number): boolean => {
    const expected = underway[sender]?.find(sequence);
    if (!expected) return false;
    times.handled(expected, atNs, apart.has(receiver));
    book.onCopy(receiver, sender, Math.max(0, atNs - expected.dueNs));
    delivered++;
    if (!apart.has(receiver)) {
      expected.besides--;
      besides--;
    }
    // A message that all its receivers have is forgotten: a long run keeps only what is under way.
    if (--expected.missing === 0) underway[sender]?.remove();
    if (--outstanding === 0) book.onComplete();
    return true;
  };

  const book: Book = {
    ...times.figures,
    setApart: (receiver) => void apart.add(receiver),
    sent({ sender, sequence, dueNs, sentNs, receivers }) {
      underway[sender] ??= createUnderway();
      const message = { sequence, dueNs, receivers, missing: receivers, besides: receivers - apart.size };
      underway[sender].add(message);
      sent += receivers;
      outstanding += receivers;
      besides += message.besides;
      if (sentNs !== null) book.left(sentNs - dueNs);
    },
    left: (lateNs) => times.figures.lateness.record(Math.max(0, lateNs)),
    arrived(receiver, sender, sequence, atNs) {
      const isNew = hearing.isNew(receiver, sender, sequence);
      if (isNew && !settle(receiver, sender, sequence, atNs))
        early.push({ receiver, sender, sequence, atNs });
    },
    failed(sender, sequence, kind) {
      const expected = underway[sender]?.find(sequence);
      if (!expected) return;
      underway[sender]?.remove();
      errors[kind] = (errors[kind] ?? 0) + expected.missing;
      outstanding -= expected.missing;
      besides -= expected.besides;
      if (outstanding === 0) book.onComplete();
    },
    error(kind) {
      errors[kind] = (errors[kind] ?? 0) + 1;
    },
    outstanding() {
      for (const { receiver, sender, sequence, atNs } of early.splice(0))
        settle(receiver, sender, sequence, atNs);
      return outstanding;
    },
    outstandingBesides: () => (book.outstanding() === 0 ? 0 : besides),
    onComplete: () => {},
    onCopy: () => {},
    delivery() {
      const lost = book.outstanding();
      return { sent, delivered, lost, ...hearing.counted, errors };
    },
  };
  return book;
}

/** How long after their due time copies were handled and messages were sent. */
function createTimes() {
  let handledBeforeDue = 0;
  let offByNs = 0;
  const figures = {
    latency: createSamples(),
    apart: createSamples(),
    first: createSamples(),
    last: createSamples(),
    lateness: createSamples(),
    handledBeforeDue: () => handledBeforeDue,
    dueMayBeOff(byNs: number) {
      offByNs = byNs;
    },
  };
  return {
    figures,
    handled({ dueNs, receivers, missing }: UnderwayMessage, atNs: number, isApart: boolean) {
      const age = Math.max(0, atNs - dueNs);
      if (atNs < dueNs - offByNs) handledBeforeDue++;
      if (isApart) return void figures.apart.record(age);
      if (receivers > 1 && missing === receivers) figures.first.record(age);
      if (receivers > 1 && missing === 1) figures.last.record(age);
      figures.latency.record(age);
    },
  };
}
