import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBook } from '../../src/metrics/book.ts';

const message = (sequence: number, dueNs = 0, receivers = 1) => ({
  sender: 1,
  sequence,
  dueNs,
  sentNs: dueNs + 5,
  receivers,
});

test('latency counts from the due time, and lateness is kept apart', () => {
  const book = createBook();
  book.sent(message(0, 100));
  book.arrived(0, 1, 0, 180);
  expect(book.latency.raw()).toEqual([80]);
  expect(book.lateness.raw()).toEqual([5]);
  expect(book.delivery()).toEqual({
    sent: 1,
    delivered: 1,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    errors: {},
  });
});

test('what neither arrived nor failed is lost; what failed is counted by kind', () => {
  const book = createBook();
  for (const sequence of [0, 1, 2]) book.sent(message(sequence));
  book.arrived(0, 1, 0, 1);
  book.failed(1, 1, 'send-failed');
  book.failed(1, 1, 'send-failed');
  expect(book.delivery()).toEqual({
    sent: 3,
    delivered: 1,
    lost: 1,
    duplicated: 0,
    reordered: 0,
    errors: { 'send-failed': 1 },
  });
});

test('a second copy is a duplicate, an older one after a newer one is reordered, each per receiver', () => {
  const book = createBook();
  for (const sequence of [0, 1, 2]) book.sent(message(sequence, 0, 2));
  for (const sequence of [0, 2, 1, 1]) book.arrived(0, 1, sequence, 1);
  for (const sequence of [0, 1, 2]) book.arrived(1, 1, sequence, 1);
  expect(book.delivery()).toMatchObject({ sent: 6, delivered: 6, lost: 0, duplicated: 1, reordered: 1 });
});

test('a failed message is no longer expected by those who were not set apart either', () => {
  const book = createBook();
  book.setApart(0);
  for (const sequence of [0, 1, 2]) book.sent(message(sequence, 0, 3));
  book.arrived(1, 1, 0, 1);
  expect(book.outstandingBesides()).toBe(5);
  book.failed(1, 0, 'x');
  expect(book.outstandingBesides()).toBe(4);
  for (const sequence of [1, 2]) for (const receiver of [1, 2]) book.arrived(receiver, 1, sequence, 1);
  expect([book.outstandingBesides(), book.outstanding()]).toEqual([0, 2]);
});

test('copies that arrive before the sender has told its due times are counted when it does', () => {
  const book = createBook();
  book.arrived(0, 0, 0, 150);
  book.arrived(1, 0, 0, 160);
  book.sent({ sender: 0, sequence: 0, dueNs: 100, sentNs: 100, receivers: 2 });
  expect(book.outstanding()).toBe(0);
  expect(book.latency.raw()).toEqual([50, 60]);
});

test('it says when nothing is outstanding any more', () => {
  const book = createBook();
  let complete = 0;
  book.onComplete = () => complete++;
  book.sent(message(0));
  book.sent(message(1));
  book.arrived(0, 1, 0, 1);
  expect(complete).toBe(0);
  book.failed(1, 1, 'x');
  expect(complete).toBe(1);
});

test('whatever happens, sent = delivered + lost + failed', () => {
  const event = fc.record({
    what: fc.constantFrom('send', 'arrive', 'fail'),
    sequence: fc.nat(20),
    receiver: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), (events) => {
      const book = createBook();
      const sent = new Set<number>();
      for (const { what, sequence, receiver } of events) {
        if (what === 'send' && !sent.has(sequence)) {
          sent.add(sequence);
          book.sent(message(sequence, 0, 4));
        } else if (what === 'arrive') book.arrived(receiver, 1, sequence, 1);
        else if (what === 'fail') book.failed(1, sequence, 'x');
      }
      const { sent: all, delivered, lost, errors } = book.delivery();
      expect(delivered + lost + (errors.x ?? 0)).toBe(all);
      expect(all).toBe(sent.size * 4);
    }),
  );
});

test('the book agrees with a naive one: every copy, in whatever order, however often', () => {
  const receivers = 2;
  const arrival = fc.record({
    receiver: fc.nat({ max: receivers - 1 }),
    sender: fc.integer({ min: 1, max: 2 }),
    sequence: fc.nat({ max: 6 }),
    atNs: fc.integer({ min: 0, max: 40 }),
  });
  fc.assert(
    fc.property(
      fc.array(arrival, { maxLength: 40 }),
      fc.integer({ min: 1, max: receivers }),
      (arrivals, copies) => {
        const book = createBook();
        let completed = 0;
        book.onComplete = () => void completed++;
        const sent = [1, 2].flatMap((sender) =>
          [0, 1, 2, 3, 4, 5, 6].map((sequence) => ({ sender, sequence })),
        );
        for (const { sender, sequence } of sent)
          book.sent({ sender, sequence, dueNs: sequence * 3, sentNs: sequence * 3, receivers: copies });
        const heard = new Set<string>();
        const newest = new Map<string, number>();
        const delivered = new Map<string, number[]>();
        const wanted = { duplicated: 0, reordered: 0, delivered: 0, beforeDue: 0 };
        const [first, last]: [number[], number[]] = [[], []];
        for (const { receiver, sender, sequence, atNs } of arrivals) {
          book.arrived(receiver, sender, sequence, atNs);
          const [copy, stream, message] = [
            `${receiver} ${sender} ${sequence}`,
            `${receiver} ${sender}`,
            `${sender} ${sequence}`,
          ];
          if (heard.has(copy)) {
            wanted.duplicated++;
            continue;
          }
          heard.add(copy);
          if (sequence < (newest.get(stream) ?? -1)) wanted.reordered++;
          newest.set(stream, Math.max(sequence, newest.get(stream) ?? -1));
          const ages = delivered.get(message) ?? [];
          delivered.set(message, ages);
          // More copies than were promised wait for a message that is not known.
          if (ages.length === copies) continue;
          const age = Math.max(0, atNs - sequence * 3);
          ages.push(age);
          wanted.delivered++;
          if (atNs < sequence * 3) wanted.beforeDue++;
          if (copies > 1 && ages.length === 1) first.push(age);
          if (copies > 1 && ages.length === copies) last.push(age);
        }
        const { duplicated, reordered, delivered: arrived, lost } = book.delivery();
        expect({ duplicated, reordered, delivered: arrived, beforeDue: book.handledBeforeDue() }).toEqual(
          wanted,
        );
        expect(lost).toBe(sent.length * copies - wanted.delivered);
        expect(book.first.raw()).toEqual(first);
        expect(book.last.raw()).toEqual(last);
        expect(book.latency.raw().length).toBe(wanted.delivered);
        expect(completed).toBe(lost === 0 ? 1 : 0);
      },
    ),
    { numRuns: 300 },
  );
});
