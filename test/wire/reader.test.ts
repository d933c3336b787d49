import { expect, test } from 'vitest';
import type { Layer } from '../../src/protocols/layers.ts';
import {
  feed,
  giveUp,
  type Open,
  type Parser,
  rest,
  some,
  take,
  through,
  until,
} from '../../src/wire/reader.ts';
import { type Own, ownerOf } from '../../src/wire/span.ts';
import { alone, bytesOf, nothing, tellEveryWay, telling } from '../support/bytes.ts';

/** Reads with `own` for what it tells. */
type Program = (own: Own<Layer>) => Parser;

const opened =
  (program: Program): Open<Layer> =>
  (tell, message) =>
    feed(tell, message, (told) => program(ownerOf(told, message)));

test('a parser takes what it names, and what it leaves unfinished at the end is torn', () => {
  const pairs = opened(function* (own) {
    for (;;) own('payload', 'pair', (yield* take(2)).length, 'unit');
  });
  expect(tellEveryWay(alone(pairs), [['down', 'aabbc']], 'open').down).toEqual([
    '* payload pair 2',
    '* payload pair 2',
    '* unparsed torn 1',
  ]);
});

test('bytes that were taken but not owned are unparsed with all that follows when the parser gives up', () => {
  const refuses = opened(function* (own) {
    own('payload', 'good', (yield* take(1)).length, 'unit');
    yield* take(2);
    return yield* giveUp('bad');
  });
  expect(tellEveryWay(alone(refuses), [['down', 'abcdef']], 'open').down).toEqual([
    '* payload good 1',
    '* unparsed bad 5',
  ]);
});

test('a line longer than its limit is no line', () => {
  const lines = opened(function* (own) {
    for (;;) own('payload', 'line', (yield* through(0x0a, 4)).length, 'unit');
  });
  expect(tellEveryWay(alone(lines), [['down', 'abc\nabcd\nx']], 'open').down).toEqual([
    '* payload line 4',
    '* unparsed too-long 6',
  ]);
});

test('a parser that reads to the end is told of the end', () => {
  const toEnd = opened(function* (own) {
    let bytes = 0;
    for (let piece = yield* rest(); piece.length > 0; piece = yield* rest()) bytes += piece.length;
    own('payload', 'all', bytes, 'unit');
    yield* some(1);
    return yield* giveUp('never');
  });
  expect(tellEveryWay(alone(toEnd), [['down', 'abc']], 'open').down).toEqual(['* payload all 3']);
});

test('a parser waits for what happens elsewhere until it is woken with an empty chunk', () => {
  let happened = false;
  const spans: string[] = [];
  const bytes = opened(function* (own) {
    yield* until(() => happened);
    for (;;) own('payload', 'byte', (yield* take(1)).length, 'unit');
  });
  const dissector = bytes(
    telling((layer, name, length) => spans.push(`${layer} ${name} ${length}`)),
    nothing(),
  );
  dissector.push(bytesOf('a'));
  expect(spans).toEqual([]);
  happened = true;
  dissector.push(bytesOf(''));
  expect(spans).toEqual(['payload byte 1']);
});

test('a megabyte without a line end, fed byte by byte, takes linear time', () => {
  let owned = 0;
  const lines = opened(function* (own) {
    for (;;) own('payload', 'line', (yield* through(0x0a, 2 ** 21)).length, 'unit');
  });
  const dissector = lines(({ length }) => {
    owned += length;
  }, nothing());
  const [byte, end] = [bytesOf('x'), bytesOf('\n')];
  for (let i = 0; i < 2 ** 20; i++) dissector.push(byte);
  dissector.push(end);
  expect(owned).toBe(2 ** 20 + 1);
});

test('a parser asks for as much as it likes: it gets what is there, and never more than it asked for', () => {
  const pieces: number[] = [];
  const dissector = feed(
    () => {},
    nothing(),
    function* () {
      for (;;) pieces.push((yield* some(3)).length);
    },
  );
  for (const bytes of ['ab', '', 'abcde']) dissector.push(bytesOf(bytes));
  expect(pieces).toEqual([2, 3, 2]);
});

test('a line of just its limit is a line, and is found in whatever pieces it came', () => {
  const lines = opened(function* (own) {
    for (;;) own('payload', 'line', (yield* through(0x0a, 3)).length, 'unit');
  });
  expect(tellEveryWay(alone(lines), [['down', 'ab\n\n12\nabc']], 'open').down).toEqual([
    '* payload line 3',
    '* payload line 1',
    '* payload line 3',
    '* unparsed too-long 3',
  ]);
});

/** Everything told, piece by piece. */
function toldBy(program: Program, ...pieces: string[]) {
  const spans: string[] = [];
  const dissector = opened(program)(
    telling((layer, name, bytes, mark) => spans.push(`${layer} ${name} ${bytes} ${mark}`)),
    nothing(),
  );
  for (const piece of pieces) dissector.push(bytesOf(piece));
  dissector.end();
  return spans;
}

test('who has given up owns the rest piece by piece: a unit and more of it, no piece of no bytes', () => {
  const refuses = () => giveUp('bad');
  expect(toldBy(refuses, 'ab', '', 'c')).toEqual(['unparsed bad 2 unit', 'unparsed bad 1 more']);
  expect(toldBy(refuses)).toEqual([]);
});

test('what the end tears was taken or waits; where nothing is left nothing is torn', () => {
  const takes = function* () {
    for (;;) yield* take(2);
  };
  expect(toldBy(takes, 'ab', 'c')).toEqual(['unparsed torn 3 unit']);
  expect(toldBy(takes)).toEqual([]);
});

test('a stream that breaks off tears what waits, once, and nothing after its parser has given up', () => {
  const heard = (program: () => Parser) => {
    const spans: string[] = [];
    const dissector = feed(
      telling((layer, name, bytes, mark) => spans.push(`${layer} ${name} ${bytes} ${mark}`)),
      nothing(),
      program,
    );
    dissector.push(bytesOf('abc'));
    dissector.breakOff?.();
    const torn = [...spans];
    dissector.breakOff?.();
    dissector.end();
    expect(spans).toEqual(torn);
    return torn;
  };
  expect(heard(() => take(5) as Parser)).toEqual(['unparsed torn 3 unit']);
  expect(heard(() => giveUp('bad'))).toEqual(['unparsed bad 3 unit']);
});
