import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whole } from '../../src/wire/buffered.ts';
import { outermost } from '../../src/wire/message.ts';
import type { Open } from '../../src/wire/reader.ts';
import { ownerOf, type Span } from '../../src/wire/span.ts';
import { splice } from '../../src/wire/splice.ts';
import { verbatim } from '../../src/wire/verbatim.ts';
import { bytesOf, nothing } from '../support/bytes.ts';

/** One stream, whose content belongs to one message; `own` is the outer format's. */
const collecting = () => {
  const spans: string[] = [];
  const message = nothing();
  const spliced = splice(({ layer, name, length, mark }) => spans.push(`${layer} ${name} ${length} ${mark}`));
  const wire = {
    own: ownerOf(spliced.tell, message),
    enter: (open: Open) => spliced.enter(message, open),
    pass: (bytes: Uint8Array) => spliced.pass(message, bytes),
    leave: () => spliced.leave(message),
    tear: spliced.tear,
  };
  return { spans, wire };
};
const oneSpan: Open = whole((tell, { length }, message) =>
  tell({ message, layer: 'payload', name: 'late', length, mark: 'unit' }),
);
/** Owns so many bytes under this name whenever some have come. */
const owning =
  (name: string, length: number): Open =>
  (tell, message) => ({
    push: () => tell({ message, layer: 'payload', name, length, mark: 'unit' }),
    end() {},
  });

test('an inner span that is known late leaves in pieces around the outer headers', () => {
  const { spans, wire } = collecting();
  wire.enter(oneSpan);
  wire.pass(bytesOf('abc'));
  wire.own('chunk', 'data-end', 2, 'field');
  wire.own('chunk', 'size', 3, 'unit');
  wire.pass(bytesOf('de'));
  expect(spans).toEqual([]);
  wire.leave();
  wire.own('chunk', 'end', 2, 'field');
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
  wire.own('chunk', 'data-end', 2, 'field');
  wire.tear();
  expect(spans).toEqual(['unparsed torn 3 unit', 'chunk data-end 2 field']);
});

test('content that streams keeps the outer spans in step, and empty content may still count', () => {
  const { spans, wire } = collecting();
  wire.enter(verbatim('payload', 'message', 'unit'));
  wire.pass(bytesOf('a'));
  wire.own('websocket', 'opcode', 1, 'unit');
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
  wire.enter(owning('too-much', 9));
  expect(() => wire.pass(bytesOf('a'))).toThrow('owns bytes it never had');
});

test('outer spans leave at once while no content waits, and empty content makes none wait', () => {
  const { spans, wire } = collecting();
  wire.own('chunk', 'size', 3, 'unit');
  expect(spans).toEqual(['chunk size 3 unit']);
  wire.enter(oneSpan);
  wire.pass(bytesOf(''));
  wire.own('chunk', 'data-end', 2, 'field');
  expect(spans).toEqual(['chunk size 3 unit', 'chunk data-end 2 field']);
});

test('content that its dissector owns only in part is torn for the rest, once', () => {
  const { spans, wire } = collecting();
  wire.enter(owning('first', 1));
  wire.pass(bytesOf('abc'));
  wire.leave();
  wire.tear();
  expect(spans).toEqual(['payload first 1 unit', 'unparsed torn 2 unit']);
});

test('content that is entered while another is open on its stream ends that one', () => {
  const { spans, wire } = collecting();
  wire.enter(owning('first', 1));
  wire.pass(bytesOf('abc'));
  wire.enter(owning('second', 2));
  wire.pass(bytesOf('de'));
  wire.leave();
  expect(spans).toEqual(['payload first 1 unit', 'unparsed torn 2 unit', 'payload second 2 unit']);
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

test('what the inner format has in place of the wire’s bytes goes with its spans, cut as they are', () => {
  const clears: string[] = [];
  const message = nothing();
  const wire = splice(({ name, clear }) => clears.push(`${name} ${clear ? Buffer.from(clear()) : '-'}`));
  wire.enter(message, oneSpan);
  wire.pass(message, bytesOf('???'), () => bytesOf('abc'));
  ownerOf(wire.tell, message)('chunk', 'size', 3, 'unit');
  wire.pass(message, bytesOf('??'), () => bytesOf('de'));
  wire.leave(message);
  expect(clears).toEqual(['late abc', 'size -', 'late de']);
});

/** A step of a connection that several streams share. */
type Step =
  | { readonly kind: 'head'; readonly stream: number }
  | { readonly kind: 'content'; readonly stream: number; readonly bytes: number }
  | { readonly kind: 'end'; readonly stream: number };

const streams = 4;
const anySteps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('head' as const), stream: fc.nat(streams - 1) }),
    fc.record({
      kind: fc.constant('content' as const),
      stream: fc.nat(streams - 1),
      bytes: fc.nat(7),
    }),
    fc.record({ kind: fc.constant('end' as const), stream: fc.nat(streams - 1) }),
  ),
  { maxLength: 40 },
);

/** Readers that own at once, late, only in twos, and not at all. */
const readers: readonly Open[] = [
  verbatim('payload', 'at-once'),
  whole((tell, { length }, message) =>
    tell({ message, layer: 'payload', name: 'late', length, mark: 'unit' }),
  ),
  (tell, message) => {
    let held = 0;
    return {
      push(bytes) {
        for (held += bytes.length; held >= 2; held -= 2)
          tell({ message, layer: 'payload', name: 'pair', length: 2, mark: 'unit' });
      },
      end() {},
    };
  },
  () => ({ push() {}, end() {} }),
];

/**
 * Splices the steps, each content cut into pieces of at most `cut` bytes: every byte is a letter that says whose it is,
 * and the spans must spell the same line. Each says in its clear bytes what it has of it.
 */
function spelled(steps: readonly Step[], cut: number) {
  const connection = { ordinal: 0, messages: 0 };
  const messages = Array.from({ length: streams }, (_, stream) => ({
    ...outermost(connection, 'down', 'message'),
    stream,
  }));
  const told: Span[] = [];
  const wire = splice((span) => told.push(span));
  const open = new Set<number>();
  let wired = '';
  for (const step of steps) {
    const { kind, stream } = step;
    const message = messages[stream]!;
    if (!open.has(stream)) wire.enter(message, readers[stream]!);
    open.add(stream);
    if (kind === 'head') {
      wired += '#';
      wire.tell({ message, layer: 'http', name: 'head', length: 1, mark: 'unit' });
    } else if (kind === 'content') {
      const letters = bytesOf('abcd'[stream]!.repeat(step.bytes));
      wired += letters;
      for (let at = 0; at < letters.length; at += cut) {
        const piece = letters.subarray(at, at + cut);
        wire.pass(message, piece, () => piece);
      }
    } else {
      wire.leave(message);
      open.delete(stream);
    }
  }
  wire.tear();
  return { wired, told };
}

test('streams that share a connection, however they interleave and are cut: each byte is told once, in the order of the wire, for its own stream', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      for (let cut = 1; cut <= 7; cut++) {
        const { wired, told } = spelled(steps, cut);
        const line = told.map(({ message, layer, length, clear }) => {
          if (layer === 'http') return '#';
          expect(clear === undefined && length > 0).toBe(false);
          expect('abcd'[message.stream]!.repeat(length)).toBe(Buffer.from(clear?.() ?? []).toString());
          return Buffer.from(clear?.() ?? []).toString();
        });
        expect(line.join('')).toBe(wired);
      }
    }),
    { numRuns: 300 },
  );
});

const clearOf = ({ name, length, mark, clear, value = '-' }: Span) =>
  `${name} ${length} ${mark} ${value} ${clear ? Buffer.from(clear()) : '-'}`;
/** One span of all that its content has, which says so in clear. */
const saying = (clear: string): Open =>
  whole((tell, { length }, message) =>
    tell({
      message,
      layer: 'payload',
      name: 'said',
      length,
      mark: 'unit',
      value: 'v',
      clear: () => bytesOf(clear),
    }),
  );
/** `abc`, something of the outer format, `de`; the content may have clear bytes of its own. */
const cutInTwo = (open: Open, content?: 'with clear bytes') => {
  const told: string[] = [];
  const message = nothing();
  const wire = splice((span) => told.push(clearOf(span)));
  const pass = (text: string) =>
    wire.pass(message, bytesOf(text), content && (() => bytesOf(text.toUpperCase())));
  wire.enter(message, open);
  pass('abc');
  ownerOf(wire.tell, message)('chunk', 'size', 3, 'unit');
  pass('de');
  wire.leave(message);
  return told;
};

test('a span that is cut is cut in clear as well, where it has as many bytes there', () => {
  expect(cutInTwo(saying('12345'))).toEqual(['said 3 unit v 123', 'size 3 unit - -', 'said 2 more - 45']);
});

test.each(['1', '1234567'])(
  'a span that has more or fewer bytes in clear (%s) says all of them in its first piece',
  (clear) => {
    const pieces = [`said 3 unit v ${clear}`, 'size 3 unit - -', 'said 2 more - '];
    expect(cutInTwo(saying(clear))).toEqual(pieces);
    expect(cutInTwo(saying(clear), 'with clear bytes')).toEqual(pieces);
  },
);

test('what a span says itself comes before what its content has in clear, cut or whole', () => {
  const told: string[] = [];
  const message = nothing();
  const wire = splice((span) => told.push(clearOf(span)));
  for (const open of [saying('xyz'), saying('x'), oneSpan]) {
    wire.enter(message, open);
    wire.pass(message, bytesOf('abc'), () => bytesOf('ABC'));
    wire.leave(message);
  }
  expect(told).toEqual(['said 3 unit v xyz', 'said 3 unit v x', 'late 3 unit - ABC']);
  expect(cutInTwo(saying('12345'), 'with clear bytes')[0]).toBe('said 3 unit v 123');
  expect(cutInTwo(oneSpan, 'with clear bytes')).toEqual([
    ...['late 3 unit - ABC', 'size 3 unit - -', 'late 2 more - DE'],
  ]);
});

test('who waits for all that came before is called behind it, and at once where nothing waits', () => {
  const message = nothing();
  const told: string[] = [];
  const spliced = splice(({ name }) => told.push(name));
  spliced.afterwards(() => told.push('at once'));
  spliced.enter(message, oneSpan);
  spliced.pass(message, bytesOf('a'));
  spliced.afterwards(() => told.push('later'));
  ownerOf(spliced.tell, message)('chunk', 'size', 3, 'unit');
  expect(told).toEqual(['at once']);
  spliced.leave(message);
  expect(told).toEqual(['at once', 'late', 'later', 'size']);
});

test('the content of one stream breaks off, and that of the others goes on', () => {
  const told: string[] = [];
  const connection = { ordinal: 0, messages: 0 };
  const [one, other] = [1, 3].map((stream) => outermost(connection, 'down', 'message', '', stream));
  const wire = splice(({ layer, name, length, message }) =>
    told.push(`${message.stream} ${layer} ${name} ${length}`),
  );
  for (const message of [one!, other!]) {
    wire.enter(message, oneSpan);
    wire.pass(message, bytesOf('ab'));
  }
  wire.tear(one);
  expect(told).toEqual(['1 unparsed torn 2']);
  wire.pass(other!, bytesOf('c'));
  wire.leave(other!);
  wire.tear(one);
  expect(told).toEqual(['1 unparsed torn 2', '3 payload late 3']);
});
