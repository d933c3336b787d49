/** Messages of permessage-deflate, against Node's zlib, which reads and writes the same format. */
import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInflate, longestClear } from '../../src/protocols/coding/inflate.ts';
import { hex } from '../support/bytes.ts';

/** Text that repeats itself a little, random bytes, and much of the same. */
const message = fc.oneof(
  fc.string({ maxLength: 300 }).map((text) => Buffer.from(`{"text":${JSON.stringify(text)}}`)),
  fc.uint8Array({ maxLength: 1000 }).map((bytes) => Buffer.from(bytes)),
  fc.tuple(fc.nat(70_000), fc.nat(255)).map(([length, byte]) => Buffer.alloc(length, byte)),
);
const way = fc.record({
  level: fc.nat(9),
  strategy: fc.constantFrom(
    zlib.constants.Z_DEFAULT_STRATEGY,
    zlib.constants.Z_FIXED,
    zlib.constants.Z_HUFFMAN_ONLY,
    zlib.constants.Z_RLE,
  ),
});

/** As RFC 7692 §7.2.1 has it: flushed, and without the four bytes with which that ends. */
function compressed(clear: Buffer, options: zlib.ZlibOptions): Buffer {
  const flushed = { ...options, finishFlush: zlib.constants.Z_SYNC_FLUSH };
  return zlib.deflateRawSync(clear, flushed).subarray(0, -4);
}

test('what zlib has compressed inflates to what it was, each message leaning on those before it', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 12 }), way, (messages, options) => {
      const inflate = createInflate(true);
      let before = Buffer.alloc(0);
      for (const clear of messages) {
        const dictionary = before.subarray(-32 * 1024);
        const leaning = dictionary.length > 0 ? { ...options, dictionary } : options;
        expect(Buffer.from(inflate(compressed(clear, leaning))!).equals(clear)).toBe(true);
        before = Buffer.concat([before, clear]);
      }
    }),
  );
});

test('without a context each message stands alone', () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), way, (messages, options) => {
      const inflate = createInflate(false);
      for (const clear of messages)
        expect(Buffer.from(inflate(compressed(clear, options))!).equals(clear)).toBe(true);
    }),
  );
});

// RFC 7692 §7.2.3.1 to §7.2.3.5: "Hello".
test.for([
  ['a block of fixed codes', ['f2 48 cd c9 c9 07 00']],
  ['a repetition of the message before', ['f2 48 cd c9 c9 07 00', 'f2 00 11 00 00']],
  ['a block without compression', ['00 05 00 fa ff 48 65 6c 6c 6f 00']],
  ['a block that says to be the last', ['f3 48 cd c9 c9 07 00 00']],
  ['two blocks', ['f2 48 05 00 00 00 ff ff ca c9 c9 07 00']],
] as const)('the examples of the specification: %s', ([, messages]) => {
  const inflate = createInflate(true);
  for (const bytes of messages) expect(Buffer.from(inflate(hex(bytes))!).toString()).toBe('Hello');
});

test('an empty message is one byte', () => {
  expect(createInflate(true)(hex('00'))).toHaveLength(0);
});

/** What zlib makes of it; null where it refuses, or more would have to come. */
function byZlib(bytes: Uint8Array): Buffer | null {
  try {
    return zlib.inflateRawSync(Buffer.concat([bytes, hex('00 00 ff ff')]), { maxOutputLength: longestClear });
  } catch {
    return null;
  }
}

test('garbage is refused, or read as zlib reads it, and never an exception', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (garbage) => {
      // Its last block says so: else zlib waits for more.
      const bytes = Uint8Array.from(garbage, (byte, at) => (at === 0 ? byte | 1 : byte));
      const clear = createInflate(true)(bytes);
      const expected = byZlib(bytes);
      if (clear && expected) expect(Buffer.from(clear).equals(expected)).toBe(true);
      else if (expected) expect(clear).not.toBeNull();
    }),
    { numRuns: 5000 },
  );
});

test('after a message that cannot be read none is read that may lean on it', () => {
  const hello = hex('f2 48 cd c9 c9 07 00');
  for (const keepsContext of [true, false]) {
    const inflate = createInflate(keepsContext);
    expect(inflate(hex('07'))).toBeNull();
    expect(inflate(hello) === null).toBe(keepsContext);
    expect(inflate(null)).toBeNull();
  }
});

test('a message that becomes too long stays closed', () => {
  const bomb = compressed(Buffer.alloc(longestClear + 1), {});
  expect(createInflate(true)(bomb)).toBeNull();
  const longest = createInflate(true);
  expect(longest(compressed(Buffer.alloc(longestClear), {}))).toHaveLength(longestClear);
});
