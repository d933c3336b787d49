/**
 * The delivery book of one phase: what was sent, to how many, and what became of each copy. Everything sent is
 * delivered once, failed by kind, or lost; duplicates and reordering are counted apart.
 */
import { createSamples, type Samples } from './samples.ts';

export interface Message {
  /** Who sent it: a client's number, or 0 for the server. */
  readonly sender: number;
  readonly sequence: number;
  /** When the schedule wanted it sent, and when it was. */
  readonly dueNs: number;
  readonly sentNs: number;
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
  sent(message: Message): void;
  /** A copy arrived. May come before `sent`, when the sender reports its due times afterwards. */
  arrived(receiver: number, sender: number, sequence: number, atNs: number): void;
  /** All copies of this message that have not arrived will not: the transport said so. */
  failed(sender: number, sequence: number, kind: string): void;
  /** An error that is no message's fault. */
  error(kind: string): void;
  /** Copies still expected. */
  outstanding(): number;
  /** Called whenever nothing is outstanding any more. */
  onComplete: () => void;
  /** Copies handled before they were due: impossible, unless the clocks of two processes disagree. */
  handledBeforeDue(): number;
  readonly latency: Samples;
  /** From the due time to the first and to the last of several receivers. */
  readonly first: Samples;
  readonly last: Samples;
  readonly lateness: Samples;
  /** Closes the accounts: what is still outstanding is lost. */
  delivery(): Delivery;
}

export function createBook(): Book {
  const latency = createSamples();
  const lateness = createSamples();
  const first = createSamples();
  const last = createSamples();
  const messages = new Map<number, { message: Message; missing: number }>();
  const seen = new Map<number, Set<number>>();
  const newest = new Map<number, number>();
  const early: { receiver: number; key: number; atNs: number }[] = [];
  const errors: Record<string, number> = {};
  let outstanding = 0;
  let sent = 0;
  let delivered = 0;
  let duplicated = 0;
  let reordered = 0;
  let handledBeforeDue = 0;

  const settle = (key: number, atNs: number) => {
    const entry = messages.get(key);
    if (!entry || entry.missing === 0) return;
    const { dueNs, receivers } = entry.message;
    const age = Math.max(0, atNs - dueNs);
    if (atNs < dueNs) handledBeforeDue++;
    if (receivers > 1 && entry.missing === receivers) first.record(age);
    if (receivers > 1 && entry.missing === 1) last.record(age);
    entry.missing--;
    delivered++;
    latency.record(age);
    if (--outstanding === 0) book.onComplete();
  };

  const book: Book = {
    sent(message) {
      const key = keyOf(message.sender, message.sequence);
      messages.set(key, { message, missing: message.receivers });
      sent += message.receivers;
      outstanding += message.receivers;
      lateness.record(Math.max(0, message.sentNs - message.dueNs));
    },
    arrived(receiver, sender, sequence, atNs) {
      const key = keyOf(sender, sequence);
      const mine = seen.get(receiver) ?? new Set();
      seen.set(receiver, mine);
      if (mine.has(key)) {
        duplicated++;
        return;
      }
      mine.add(key);
      const stream = keyOf(sender, receiver);
      const before = newest.get(stream) ?? -1;
      if (sequence < before) reordered++;
      else newest.set(stream, sequence);
      if (messages.has(key)) settle(key, atNs);
      else early.push({ receiver, key, atNs });
    },
    failed(sender, sequence, kind) {
      const entry = messages.get(keyOf(sender, sequence));
      if (!entry || entry.missing === 0) return;
      errors[kind] = (errors[kind] ?? 0) + entry.missing;
      outstanding -= entry.missing;
      entry.missing = 0;
      if (outstanding === 0) book.onComplete();
    },
    error(kind) {
      errors[kind] = (errors[kind] ?? 0) + 1;
    },
    outstanding() {
      for (const { key, atNs } of early.splice(0)) settle(key, atNs);
      return outstanding;
    },
    onComplete: () => {},
    latency,
    first,
    last,
    lateness,
    handledBeforeDue: () => handledBeforeDue,
    delivery() {
      const lost = book.outstanding();
      return { sent, delivered, lost, duplicated, reordered, errors };
    },
  };
  return book;
}

/** One number per pair; both fit 26 bits in any run a machine survives. */
const keyOf = (a: number, b: number): number => a * 2 ** 27 + b;
