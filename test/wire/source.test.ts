/** The bytes that wait for a parser: where they are, and that a view of them may be kept. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSource, latin1 } from '../../src/wire/source.ts';
import { bytesOf } from '../support/bytes.ts';

const filled = (...pieces: string[]) => {
  const source = createSource();
  for (const piece of pieces) source.push(bytesOf(piece));
  return source;
};

test('a byte is at its index as long as it waits, and beyond the last there is none', () => {
  for (const source of [filled('abc'), filled('a', 'b', 'c')]) {
    const at = () => [0, 1, 2, 3, 4].map((index) => source.at(index));
    expect(at()).toEqual([0x61, 0x62, 0x63, -1, -1]);
    source.take(1);
    expect(at()).toEqual([0x62, 0x63, -1, -1, -1]);
    expect(source.length()).toBe(2);
  }
});

test('a byte is found where it first waits, from an index on', () => {
  const source = filled('xa', 'bab');
  source.take(1);
  expect([0, 1, 3, 4].map((from) => source.indexOf(0x61, from))).toEqual([0, 2, -1, -1]);
  expect(source.indexOf(0x78, 0)).toBe(-1);
});

test('what was taken is never overwritten, and what waits is never lost, however it came', () => {
  const step = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => ({ bytes })),
    fc.nat(400).map((most) => ({ most })),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const source = createSource();
      const taken: Uint8Array[] = [];
      const pushed: Uint8Array[] = [];
      for (const one of steps) {
        if ('most' in one) taken.push(source.take(Math.min(one.most, source.length())));
        else {
          source.push(one.bytes);
          pushed.push(one.bytes);
        }
      }
      taken.push(source.take(source.length()));
      expect(Buffer.concat(taken)).toEqual(Buffer.concat(pushed));
    }),
  );
});

test('an end is an end, and takes nothing away', () => {
  const source = filled('ab');
  expect(source.isEnded()).toBe(false);
  source.end();
  expect([source.isEnded(), source.length()]).toEqual([true, 2]);
});

test('Latin-1 gives every byte a character, also those of a view', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(Array.from(latin1(bytes), (character) => character.charCodeAt(0))).toEqual([...bytes]);
  expect(latin1(bytes.subarray(0x61, 0x64))).toBe('abc');
});
