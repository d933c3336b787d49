/** Streams whose events arrive in bursts: which get which hint, and which get none. */
import { expect, test } from 'vitest';
import { hintsOf } from '../../src/inspection/hints.ts';
import { again, asked, hint, inspected, type Said } from './script.ts';
import { calm } from './totals.ts';

const event = (data: string) => `data: ${data}\n\n`;
const chunk = (content: string) => `${content.length.toString(16)}\r\n${content}\r\n`;
const head = (fields = 'Transfer-Encoding: chunked\r\n') =>
  ['down', `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${fields}\r\n`] as const;

/** What arrives at a time, and so many milliseconds between. */
const streamed = (pauseMs: number, reads: readonly string[], fields?: string) =>
  inspected(
    asked('/events'),
    head(fields),
    ...reads.map((read, index): Said => ['down', read, (index + 1) * pauseMs]),
  );
const kinds = ['events-corked', 'events-buffered', 'events-together'];
const told = (seen: ReturnType<typeof inspected>) =>
  seen.hints.map(({ kind }) => kind).filter((kind) => kinds.includes(kind));

/** Thirty events, three to a read, each with a chunk of its own. */
const three = (make: (index: number) => string) =>
  again(10, (read) => again(3, (nth) => chunk(event(make(3 * read + nth)))).join(''));

test('events that say they were made apart and come together are held back, and by so much', () => {
  const seen = streamed(
    300,
    three((index) => `{"at":${1_764_000_000_000 + 100 * index}}`),
  );
  expect(told(seen)).toEqual(['events-corked']);
  // The first of three was made 200 ms before the last.
  expect(hint(seen, 'events-corked')).toMatchObject({ events: 3, pauseMs: 300, lateMs: 200 });
  const iso = three((index) => new Date(1_764_000_000_000 + 100 * index).toISOString());
  expect(told(streamed(300, iso))).toEqual(['events-corked']);
});

test('events that say they were made at once are the application’s own batches', () => {
  const atOnce = (index: number) => `{"at":${1_764_000_000_000 + 300 * Math.floor(index / 3)}}`;
  expect(told(streamed(300, three(atOnce)))).toEqual([]);
});

test('of events that do not say when they were made, only that each has a chunk of its own is told', () => {
  const seen = streamed(
    300,
    three((index) => `tick ${index}`),
  );
  expect(told(seen)).toEqual(['events-together']);
  expect(hint(seen, 'events-together')).toMatchObject({ events: 3, pauseMs: 300, lateMs: 200 });
  // A date that does not say when the event was made: a birthday lies before the previous read.
  const birthdays = three((index) => `{"born":${1_500_000_000_000 + 1e10 * index}}`);
  expect(told(streamed(300, birthdays))).toEqual(['events-together']);
});

test('several events in one chunk were written in one go', () => {
  const together = again(10, (read) => chunk(again(3, (nth) => event(`tick ${3 * read + nth}`)).join('')));
  expect(told(streamed(300, together))).toEqual([]);
  expect(told(streamed(300, together, 'Connection: close\r\n'))).toEqual([]);
});

test('whoever is quick now and then is not held back', () => {
  const reads = three((index) => `tick ${index}`);
  const quick = reads.map((read, index): Said => ['down', read, 300 * index + (index % 4 === 3 ? -280 : 0)]);
  expect(told(inspected(asked('/events'), head(), ...quick))).toEqual([]);
  expect(told(streamed(20, reads))).toEqual([]);
});

test('one event at a time, a burst now and then, and what is told at the beginning are nobody’s doing', () => {
  const one = (index: number) => chunk(event(`tick ${index}`));
  expect(told(streamed(300, again(30, one)))).toEqual([]);
  const mixed = again(12, (index) => (index % 3 === 0 ? again(3, () => one(index)).join('') : one(index)));
  expect(told(streamed(300, mixed))).toEqual([]);
  const history = again(40, one).join('');
  expect(told(streamed(300, [history, ...again(10, one)]))).toEqual([]);
  expect(told(streamed(300, three((index) => `tick ${index}`).slice(0, 5)))).toEqual([]);
});

test('bursts of 4,096 B, wherever events end, are a buffer', () => {
  // What stock nginx 1.22 does: 37.9 events of 108 B at a time.
  const all = again(400, (index) => event(`${index}`.padStart(100, ' '))).join('');
  const buffered = (size: number) =>
    again(Math.floor(all.length / size), (index) =>
      chunk(all.slice(500 + index * size, 500 + (index + 1) * size)),
    );
  const seen = streamed(3700, [chunk(all.slice(0, 500)), ...buffered(4096)]);
  expect(told(seen)).toEqual(['events-buffered']);
  expect(hint(seen, 'events-buffered')).toMatchObject({ bytes: 4096, pauseMs: 3700 });
  expect(told(streamed(3700, [chunk(all.slice(0, 500)), ...buffered(4000)]))).toEqual([]);
});

test('lines of JSON are events, too', () => {
  const lines = again(10, (read) => again(3, (nth) => chunk(`{"n":${3 * read + nth}}\n`)).join(''));
  const seen = inspected(
    asked('/lines'),
    ['down', 'HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ...lines.map((read, index): Said => ['down', read, 300 * (index + 1)]),
  );
  expect(told(seen)).toEqual(['events-together']);
});

test('where the relay itself was kept waiting, nobody else is suspected', () => {
  const seen = streamed(
    300,
    three((index) => `tick ${index}`),
  );
  const delay = { ...calm, loopP99Ms: 80 };
  expect(hintsOf({ ...seen, delay }).map(({ kind }) => kind)).not.toContain('events-together');
});
