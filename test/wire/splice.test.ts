import { expect, test } from 'vitest';
import { whole } from '../../src/wire/buffered.ts';
import type { Open } from '../../src/wire/reader.ts';
import { splice } from '../../src/wire/splice.ts';
import { verbatim } from '../../src/wire/verbatim.ts';
import { bytesOf } from '../support/bytes.ts';

const collecting = () => {
  const spans: string[] = [];
  const wire = splice((layer, name, bytes, mark) => spans.push(`${layer} ${name} ${bytes} ${mark}`));
  return { spans, wire };
};
const oneSpan: Open = whole((emit, bytes) => emit('payload', 'late', bytes.length, 'unit'));

test('an inner span that is known late leaves in pieces around the outer headers', () => {
  const { spans, wire } = collecting();
  wire.enter(oneSpan);
  wire.pass(bytesOf('abc'));
  wire.emit('chunk', 'data-end', 2, 'field');
  wire.emit('chunk', 'size', 3, 'unit');
  wire.pass(bytesOf('de'));
  expect(spans).toEqual([]);
  wire.leave();
  wire.emit('chunk', 'end', 2, 'field');
  expect(spans).toEqual([
    'payload late 3 unit',
    'chunk data-end 2 field',
    'chunk size 3 unit',
    'payload late 2 more',
    'chunk end 2 field',
  ]);
});

test('content that breaks off is torn, in its place between the outer spans', () => {
  const { spans, wire } = collecting();
  wire.enter(oneSpan);
  wire.pass(bytesOf('abc'));
  wire.emit('chunk', 'data-end', 2, 'field');
  wire.tear();
  expect(spans).toEqual(['unparsed torn 3 unit', 'chunk data-end 2 field']);
});

test('content that streams keeps the outer spans in step, and empty content may still count', () => {
  const { spans, wire } = collecting();
  wire.enter(verbatim('payload', 'message', 'unit'));
  wire.pass(bytesOf('a'));
  wire.emit('websocket', 'opcode', 1, 'unit');
  wire.pass(bytesOf('b'));
  wire.leave();
  wire.enter(verbatim('payload', 'message', 'unit'));
  wire.leave();
  wire.tear();
  expect(spans).toEqual([
    'payload message 1 unit',
    'websocket opcode 1 unit',
    'payload message 1 more',
    'payload message 0 unit',
  ]);
});

test('a dissector that owns bytes it never had is a bug, told with a stack', () => {
  const { wire } = collecting();
  wire.enter((emit) => ({ push: () => emit('payload', 'too-much', 9, 'unit'), end() {} }));
  expect(() => wire.pass(bytesOf('a'))).toThrow('owns bytes it never had');
});

test('outer spans leave at once while no content waits, and empty content makes none wait', () => {
  const { spans, wire } = collecting();
  wire.emit('chunk', 'size', 3, 'unit');
  expect(spans).toEqual(['chunk size 3 unit']);
  wire.enter(oneSpan);
  wire.pass(bytesOf(''));
  wire.emit('chunk', 'data-end', 2, 'field');
  expect(spans).toEqual(['chunk size 3 unit', 'chunk data-end 2 field']);
});

test('content that its dissector owns only in part is torn for the rest, once', () => {
  const { spans, wire } = collecting();
  wire.enter((emit) => ({ push: () => emit('payload', 'first', 1, 'unit'), end() {} }));
  wire.pass(bytesOf('abc'));
  wire.leave();
  wire.tear();
  expect(spans).toEqual(['payload first 1 unit', 'unparsed torn 2 unit']);
});

test('after content that was torn its dissector hears no more', () => {
  const { spans, wire } = collecting();
  let ends = 0;
  wire.enter(() => ({ push() {}, end: () => void ends++ }));
  wire.pass(bytesOf('ab'));
  wire.tear();
  wire.leave();
  expect([spans, ends]).toEqual([['unparsed torn 2 unit'], 0]);
});

test('content that came in pieces, with nothing between them, is one', () => {
  const { spans, wire } = collecting();
  wire.enter(oneSpan);
  wire.pass(bytesOf('ab'));
  wire.pass(bytesOf('c'));
  wire.leave();
  expect(spans).toEqual(['payload late 3 unit']);
});

test('content that nobody was asked to read is torn, not lost', () => {
  const { spans, wire } = collecting();
  wire.pass(bytesOf('ab'));
  wire.leave();
  expect(spans).toEqual(['unparsed torn 2 unit']);
});
