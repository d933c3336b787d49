import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byteLength,
  decodeIdentity,
  decodeMailbox,
  encodeMailbox,
  encodeMessage,
  frames,
  identityBytes,
} from '../src/protocols/contract.ts';

test('a message has exactly the size asked for, and from 12 bytes on it says who sent it', () => {
  const identity = fc.record({ client: fc.nat(36 ** 4 - 1), sequence: fc.nat(36 ** 6 - 1) });
  fc.assert(
    fc.property(identity, fc.nat(300), fc.boolean(), (who, size, binary) => {
      const message = encodeMessage(who, size, binary);
      expect(byteLength(message)).toBe(size);
      expect(decodeIdentity(message)).toEqual(size >= identityBytes ? who : null);
    }),
  );
});

test('what is not one of our messages has no identity', () => {
  for (const text of ['', 'hello, world!', '0001_000002.', '0001-000002:'])
    expect(decodeIdentity(text)).toBeNull();
});

test('any messages survive the mailbox', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (messages) => {
      expect(decodeMailbox(encodeMailbox(messages)).map((bytes) => [...bytes])).toEqual(
        messages.map((m) => [...m]),
      );
    }),
  );
});

test('a mailbox that is not whole netstrings is refused, wherever it is torn', () => {
  const whole = encodeMailbox(['hello', '안녕']);
  for (let end = 1; end < whole.length; end++) {
    if (end === encodeMailbox(['hello']).length) continue;
    expect(() => decodeMailbox(whole.subarray(0, end))).toThrow(RangeError);
  }
  for (const text of ['x', ':', '-1:,', '1e1:aaaaaaaaaa,', ' 1:a,', '0x1:a,', '99999999999:a,'])
    expect(() => decodeMailbox(Buffer.from(text)), text).toThrow(RangeError);
});

test('frames of a fixed size come out whole, for every way of cutting the stream', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      fc.integer({ min: 1, max: 20 }),
      fc.nat(100),
      (bytes, size, cut) => {
        const out: number[][] = [];
        const take = frames(size, (frame) => out.push([...frame]));
        take(Buffer.from(bytes.subarray(0, cut)));
        take(Buffer.from(bytes.subarray(cut)));
        const whole = Math.floor(bytes.length / size);
        expect(out).toEqual(
          Array.from({ length: whole }, (_, i) => [...bytes.subarray(i * size, (i + 1) * size)]),
        );
      },
    ),
  );
});
