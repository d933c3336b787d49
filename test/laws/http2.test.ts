import { expect, test } from 'vitest';
import { frameHeadBytes, repeatedBlockBytes } from '../../src/laws/http2.ts';
import { huffmanBytes } from '../../src/protocols/http2/hpack/huffman.ts';

test('RFC 9113 §4.1: the head of a frame is nine bytes', () => {
  expect(frameHeadBytes).toBe(9);
});

test('RFC 7541 §6: a field said before is a byte, a literal its index, its length and its value', () => {
  expect(repeatedBlockBytes({ indexed: 4, literals: [] })).toBe(4);
  expect(repeatedBlockBytes({ indexed: 0, literals: [{ nameIndex: 4, valueBytes: 4 }] })).toBe(6);
  // Four bits hold an index up to 14.
  expect(repeatedBlockBytes({ indexed: 0, literals: [{ nameIndex: 14, valueBytes: 2 }] })).toBe(4);
  expect(repeatedBlockBytes({ indexed: 0, literals: [{ nameIndex: 15, valueBytes: 2 }] })).toBe(5);
});

test('RFC 7541 appendix C: so long are its examples when they are coded', () => {
  const lengths = ['www.example.com', 'no-cache', 'custom-key', 'custom-value', '302', 'private'].map(
    huffmanBytes,
  );
  expect(lengths).toEqual([12, 6, 8, 9, 2, 5]);
});
