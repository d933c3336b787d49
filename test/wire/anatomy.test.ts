/** The anatomy: which bytes a span has, and when and on which connection they came, whatever the dissector. */
import { expect, test } from 'vitest';
import { httpConversation } from '../../src/protocols/http1/http.ts';
import type { Layer } from '../../src/protocols/layers.ts';
import { type RecordedSpan, readSpans, spansOf } from '../../src/tap/spans.ts';
import type { Chunk } from '../../src/tap/tape.ts';
import type { Dissect } from '../../src/wire/conversation.ts';
import { outermost } from '../../src/wire/message.ts';
import { type Direction, ownerOf } from '../../src/wire/span.ts';
import { alone, bytesOf, hex, nothing } from '../support/bytes.ts';

const chunk = (direction: Direction, bytes: string | Uint8Array, changes: Partial<Chunk> = {}): Chunk => ({
  at: 1,
  connection: 0,
  direction,
  phase: 'steady',
  bytes: bytesOf(bytes),
  ...changes,
});

/** Tells so many bytes as one span whenever as many have come; what is left at the end is told then. */
const inPieces =
  (size: number): Dissect<Layer> =>
  ({ tell }, ordinal = 0) => {
    const connection = { ordinal, messages: 0 };
    const held: Record<Direction, number> = { up: 0, down: 0 };
    const own = (direction: Direction) => ownerOf(tell, outermost(connection, direction, 'message'));
    return {
      push(direction, bytes) {
        for (held[direction] += bytes.length; held[direction] >= size; held[direction] -= size)
          own(direction)('payload', 'piece', size, 'unit');
      },
      end() {
        for (const direction of ['up', 'down'] as const)
          if (held[direction] > 0) own(direction)('unparsed', 'torn', held[direction], 'unit');
      },
    };
  };

const plain = ({ bytes, clear: _, message, length: __, ...span }: RecordedSpan) => ({
  connection: message.connection.ordinal,
  direction: message.direction,
  ...span,
  text: Buffer.from(bytes).toString(),
});

test('a span has its bytes, and the time and the ordinal of the chunk in which it began', () => {
  const spans = spansOf(
    [
      chunk('up', 'ab', { at: 10 }),
      chunk('down', 'xyz', { at: 20, phase: 'warmup' }),
      chunk('up', 'c', { at: 30 }),
      chunk('up', 'def', { at: 40, phase: 'teardown' }),
    ],
    inPieces(3),
  );
  expect(spans.map(plain)).toEqual(
    [
      { direction: 'down', phase: 'warmup', at: 20, chunk: 1, text: 'xyz' },
      { direction: 'up', phase: 'steady', at: 10, chunk: 0, text: 'abc' },
      { direction: 'up', phase: 'teardown', at: 40, chunk: 3, text: 'def' },
    ].map((span) => ({ connection: 0, layer: 'payload', name: 'piece', mark: 'unit', ...span })),
  );
});

test('several spans of one chunk, and one span of many chunks, have the bytes that are theirs', () => {
  const texts = (size: number, ...chunks: string[]) =>
    spansOf(
      chunks.map((text) => chunk('up', text)),
      inPieces(size),
    ).map(({ bytes }) => Buffer.from(bytes).toString());
  expect(texts(2, 'abcdef', 'g', 'h')).toEqual(['ab', 'cd', 'ef', 'gh']);
  expect(texts(5, 'a', 'b', 'cd', 'efg', 'hij')).toEqual(['abcde', 'fghij']);
});

test('each connection is dissected by itself, and what it holds back is told at the end', () => {
  const spans = spansOf(
    [
      chunk('up', 'a', { connection: 7 }),
      chunk('up', 'A', { connection: 9 }),
      chunk('up', 'b', { connection: 7 }),
      chunk('down', 'B', { connection: 9 }),
    ],
    inPieces(2),
  );
  const told = spans.map(
    ({ message: { connection, direction }, name, bytes }) =>
      `${connection.ordinal} ${direction} ${name} ${Buffer.from(bytes)}`,
  );
  expect(told).toEqual(['7 up piece ab', '9 up torn A', '9 down torn B']);
});

test('exchanges are told, those of all connections', () => {
  const get = 'GET / HTTP/1.1\r\n\r\n';
  const ok = 'HTTP/1.1 204 No Content\r\n\r\n';
  const chunks = [1, 2].flatMap((connection) => [
    chunk('up', get, { connection }),
    chunk('down', ok, { connection }),
  ]);
  const ends = spansOf(chunks, httpConversation).map(({ message }) => message);
  const responses = [...new Set(ends)].filter((message) => message.kind === 'response');
  expect(
    responses.map(({ connection, status, bytes, peer }) => [connection.ordinal, status, bytes, peer?.bytes]),
  ).toEqual([1, 2].map((connection) => [connection, 204, ok.length, get.length]));
  for (const { peer, ...response } of responses)
    expect(peer).toMatchObject({ method: 'GET', target: '/', peer: response });
});

test('an empty message came with the bytes before it, also where more had come before it could be read', () => {
  const upgrade = 'GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n';
  const emptyFrame = hex('81 80 00 00 00 00');
  const spans = spansOf(
    [
      chunk('up', upgrade, { at: 1 }),
      chunk('up', emptyFrame, { at: 2 }),
      chunk('up', emptyFrame, { at: 3 }),
      chunk('down', 'HTTP/1.1 101 S\r\nUpgrade: websocket\r\n\r\n', { at: 4 }),
    ],
    httpConversation,
  );
  const messages = spans.filter(({ layer }) => layer === 'payload');
  expect(messages.map(({ at, chunk, bytes }) => [at, chunk, bytes.length])).toEqual([
    [2, 1, 0],
    [3, 2, 0],
  ]);
});

test('an empty message before any byte has no chunk: it stands at nought, in the set-up', () => {
  const atOnce: Dissect<Layer> = ({ tell }) => ({
    push: (direction) =>
      ownerOf(tell, nothing(direction === 'up' ? 'down' : 'up'))('payload', 'empty', 0, 'unit'),
    end() {},
  });
  const spans = spansOf([chunk('up', 'a', { at: 9 })], atOnce);
  expect(spans).toMatchObject([{ message: { direction: 'down' }, phase: 'setup', at: 0, chunk: 0 }]);
  expect(spans[0]?.bytes).toHaveLength(0);
});

test('a chunk of no bytes is none: no span begins in it', () => {
  const spans = spansOf([chunk('up', '', { at: 5 }), chunk('up', 'ab', { at: 6 })], inPieces(2));
  expect(spans).toMatchObject([{ at: 6, chunk: 1 }]);
});

test('the bytes are a copy: the chunk may be written over', () => {
  const bytes = bytesOf('abcd');
  const texts: string[] = [];
  const { push, end } = readSpans(inPieces(4), ({ message, bytes: own }) =>
    texts.push(`${message.connection.ordinal} ${Buffer.from(own)}`),
  );
  push(chunk('up', '', { connection: 3, bytes: bytes.subarray(0, 2) }));
  bytes.fill('x', 0, 2);
  push(chunk('up', '', { connection: 3, bytes: bytes.subarray(2) }));
  end();
  expect(texts).toEqual(['3 abcd']);
});

test('a dissector that tells bytes before they came is a bug, told with its size', () => {
  const early = alone((tell, message) => ({
    push: () => ownerOf(tell, message)('payload', 'early', 5, 'unit'),
    end() {},
  }));
  expect(() => spansOf([chunk('up', 'ab')], early)).toThrow('anatomy: 3 B of up were told before they came');
});
