/** Bytes that spans are told of: found in whatever chunks they came, and dropped once they are told. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createToldBytes } from '../../src/tap/told-bytes.ts';

test('whatever the chunks and the spans, each span finds its own bytes, and a look takes none', () => {
  const sizes = fc.array(fc.nat({ max: 5 }), { maxLength: 20 });
  fc.assert(
    fc.property(sizes, sizes, (chunks, spans) => {
      const told = createToldBytes();
      const total = chunks.reduce((sum, size) => sum + size, 0);
      const all = Uint8Array.from({ length: total }, (_, index) => index);
      let at = 0;
      for (const size of chunks) {
        told.push('down', all.subarray(at, at + size));
        at += size;
      }
      let from = 0;
      for (const size of spans) {
        const length = Math.min(size, total - from);
        const wanted = all.subarray(from, from + length);
        expect([...told.peek('down', length)]).toEqual([...wanted]);
        expect([...told.peek('down', length)]).toEqual([...wanted]);
        expect(told.peek('up', length)).toHaveLength(0);
        told.pass('down', length);
        from += length;
      }
      // More than there is: all that waits.
      expect([...told.peek('down', total + 1)]).toEqual([...all.subarray(from)]);
    }),
  );
});

test('bytes within one chunk are a view of it', () => {
  const told = createToldBytes();
  const chunk = Uint8Array.of(1, 2, 3, 4);
  told.push('up', chunk);
  told.pass('up', 1);
  expect(told.peek('up', 3).buffer).toBe(chunk.buffer);
});

test('to pass bytes that never came is a fault', () => {
  const told = createToldBytes();
  told.push('up', Uint8Array.of(1));
  told.pass('up', 1);
  expect(() => told.pass('up', 2)).toThrow('told: 2 B up that never came');
});
